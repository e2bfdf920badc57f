/** What preemption did to the requests. */
import { groupFigure } from '../metric.ts';

export const preemptions = groupFigure({
  name: 'preemptions', unit: 'count', better: 'lower', summary: 'times a running request was put back to waiting',
  of: ({ outcomes, sum }) => (outcomes.preempted ? sum(outcomes.preemptions) : 0),
});

export const recomputedTokens = groupFigure({
  name: 'recomputedTokens', unit: 'count', better: 'lower', summary: 'tokens computed again after a preemption',
  of: ({ outcomes, sum }) => (outcomes.preempted ? sum(outcomes.recomputedTokens) : 0),
});
