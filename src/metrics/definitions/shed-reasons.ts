/** Why requests were refused. */
import { SHED_REASONS } from '../../engine/limits.ts';
import { runFigures } from '../metric.ts';

export const shedReasons = runFigures({
  name: 'shedReasons', unit: 'count', better: 'lower', summary: 'shed requests by reason', stats: SHED_REASONS as readonly string[],
  of({ outcomes: { completed, status, shedReason, shedReasons: names } }) {
    const counts: number[] = names.map(() => 0);
    // Where all completed, the column is memory that nobody needs to touch.
    if (completed < status.length) for (const reason of shedReason) counts[reason]!++;
    return Object.fromEntries(names.map((name, index) => [name, counts[index]!] as const).slice(1));
  },
});
