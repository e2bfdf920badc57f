/**
 * Fairness of how much groups were slowed down. Over a drained run everybody has received what they asked for, so
 * an index over service would be blind: Jain's index is taken over 1 / mean slowdown.
 */
import { jainIndex } from '../../core/statistics.ts';
import { runFigure } from '../metric.ts';
import { valueAt } from '../values.ts';
import type { MetricValues } from '../view.ts';

export const jain = runFigure({
  name: 'fairness.jain', unit: 'ratio', better: 'higher', summary: "Jain's index over 1 / mean slowdown of the classes; 1 = equal",
  absent: 'no class has a mean slowdown',
  of: ({ values }) => jainOfSpeed(values.classes),
});

export const jainTenants = runFigure({
  name: 'fairness.jainTenants', unit: 'ratio', better: 'higher', summary: "Jain's index over 1 / mean slowdown of the tenants",
  absent: 'the scenario names no tenants, or none of their requests completed',
  of: ({ values }) => jainOfSpeed(values.tenants),
});

/** Over the groups in which something completed; a single group is fair. */
function jainOfSpeed(groups: readonly MetricValues[]): number | null {
  const means = groups.map((group) => valueAt(group, 'slowdown', 'mean') ?? 0);
  return jainIndex(means.filter((mean) => mean > 0).map((mean) => 1 / mean));
}
