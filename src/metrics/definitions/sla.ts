/** How many requests kept their targets. */
import { Status } from '../../engine/outcomes.ts';
import { countMarks, hasMet, hasTarget, isUndecided, type Mark, metAll, statusOf, TARGETS } from '../marks.ts';
import { type Figure, groupFigure, groupFigures } from '../metric.ts';
import type { GroupView } from '../view.ts';

const count = ({ marks }: GroupView, passes: (mark: Mark) => boolean) => countMarks(marks, passes);
const ratio = (part: number, whole: number): Figure => (whole > 0 ? part / whole : null);

/** Why nothing is attained. */
export const UNDECIDED = 'has an SLA target that it can decide (one token has no TPOT)';

export const countWithTarget = (group: GroupView) => count(group, (mark) => hasTarget(mark));
export const countMet = (group: GroupView) => count(group, metAll);

export const withTarget = groupFigure({
  name: 'sla.withTarget', unit: 'count', better: 'neither', summary: 'requests that have an SLA target that they can decide', of: countWithTarget,
});

export const met = groupFigure({
  name: 'sla.met', unit: 'count', better: 'higher', summary: 'requests that met every target that they can decide', of: countMet,
});

export const attainment = groupFigure({
  name: 'sla.attainment', unit: 'share', better: 'higher', summary: 'met / with target; shed and unfinished requests have missed',
  absent: UNDECIDED,
  of: (group) => ratio(countMet(group), countWithTarget(group)),
});

export const attainmentCompleted = groupFigure({
  name: 'sla.attainmentCompleted', unit: 'share', better: 'higher', summary: 'met / those with a target that completed',
  absent: 'with an SLA target that it can decide completed',
  of: (group) => ratio(countMet(group), count(group, (mark) => hasTarget(mark) && statusOf(mark) === Status.completed)),
});

export const byTarget = groupFigures({
  name: 'sla.byTarget', unit: 'share', better: 'higher', summary: 'requests that met this target / those that have it and can decide it',
  absent: 'has this target and can decide it (one token has no TPOT)',
  stats: ['latency', 'ttft', 'tpot'],
  of(group) {
    const share = (target: number) => ratio(count(group, (mark) => hasMet(mark, target)), count(group, (mark) => hasTarget(mark, target)));
    return { latency: share(TARGETS.latency), ttft: share(TARGETS.ttft), tpot: share(TARGETS.tpot) };
  },
});

export const undecided = groupFigure({
  name: 'sla.undecided', unit: 'count', better: 'neither', summary: 'requests that have targets and can decide none of them: TPOT of one token',
  of: (group) => count(group, isUndecided),
});
