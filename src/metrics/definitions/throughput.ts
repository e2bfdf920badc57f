/** What was got done, per second of the makespan of the whole run. */
import { groupFigure } from '../metric.ts';
import { perSecond } from '../view.ts';
import { countCompleted } from './requests.ts';
import { countMet, countWithTarget, UNDECIDED } from './sla.ts';

export const goodput = groupFigure({
  name: 'goodput', unit: 'rate', better: 'higher', summary: 'requests that met all their targets that they can decide, per second of makespan',
  absent: UNDECIDED,
  of: (group) => (countWithTarget(group) > 0 ? perSecond(group, countMet(group)) : null),
});

export const throughput = groupFigure({
  name: 'throughput', unit: 'rate', better: 'higher', summary: 'completed requests per second of makespan',
  of: (group) => perSecond(group, countCompleted(group)),
});

export const tokenThroughput = groupFigure({
  name: 'tokenThroughput', unit: 'rate', better: 'higher', summary: 'output tokens of completed requests per second of makespan',
  of: (group) => perSecond(group, group.outputTokens),
});
