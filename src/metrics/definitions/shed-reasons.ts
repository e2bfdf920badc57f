/** Why requests were refused. */
import { SHED_REASONS } from '../../engine/outcomes.ts';
import { runFigures } from '../metric.ts';

const REASONS: readonly string[] = SHED_REASONS.slice(1);

export const shedReasons = runFigures({
  name: 'shedReasons', unit: 'count', better: 'lower', summary: 'shed requests by reason', stats: REASONS,
  of({ outcomes: { completed, status, shedReason } }) {
    const counts: number[] = SHED_REASONS.map(() => 0);
    // Where all completed, the column is memory that nobody needs to touch.
    if (completed < status.length) for (const reason of shedReason) counts[reason]!++;
    return Object.fromEntries(REASONS.map((name, index) => [name, counts[index + 1]!]));
  },
});
