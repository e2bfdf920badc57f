/** How figures are called: every figure of a summary is one (group, metric, statistic), written with dots. */
import { METRICS } from './index.ts';
import type { Figure, Metric } from './metric.ts';
import type { RunSummary } from './summary.ts';
import { valueAt, valuesAt } from './values.ts';

/** Which requests a figure is about; run: the metrics that are not about a group. */
export type MetricGroup = 'all' | 'run' | { readonly class: string } | { readonly tenant: string };

/** One figure of a summary. */
export interface MetricPath {
  /** `all.latency.p95`, `high.sla.attainment`, `tenant:acme.ttft.mean`, `engine.utilization`. */
  readonly text: string;
  readonly group: MetricGroup;
  readonly metric: Metric;
  readonly stat?: string;
}

/** The names that paths are made of, besides those of the metrics. */
export interface MetricNames {
  readonly classes: readonly string[];
  readonly tenants: readonly string[];
}

/** The path of every figure that a summary has: all, classes, tenants, then the run, each in the order of `METRICS`. */
export function metricPaths(summary: RunSummary): MetricPath[] {
  return metricPathsOf({ classes: Object.keys(summary.classes), tenants: Object.keys(summary.tenants) })
    .filter(({ group, metric }) => group !== 'run' || valuesAt(summary, metric.name) !== undefined);
}

/** The same for a run that is yet to happen, so that a path can be checked beforehand. */
export function metricPathsOf(names: MetricNames): MetricPath[] {
  const groups: MetricGroup[] = [
    'all', ...names.classes.map((name) => ({ class: name })), ...names.tenants.map((name) => ({ tenant: name })), 'run',
  ];
  return groups.flatMap((group) => METRICS.filter(({ scope }) => (scope === 'run') === (group === 'run'))
    .flatMap((metric) => statsOf(metric, names.classes).map((stat) => metricPath(group, metric, stat))));
}

/** What stands after the name of a metric in the paths of its figures: nothing, where it is a single one. */
export function statsOf({ keyedBy, stats }: Metric, classes: readonly string[]): readonly (string | undefined)[] {
  if (keyedBy === 'class') return classes;
  return stats.length > 0 ? stats : [undefined];
}

/** The path of one figure. */
export function metricPath(group: MetricGroup, metric: Metric, stat?: string): MetricPath {
  const parts = [...groupPrefix(group), metric.name, ...(stat === undefined ? [] : [stat])];
  return { text: parts.join('.'), group, metric, ...(stat === undefined ? {} : { stat }) };
}

function groupPrefix(group: MetricGroup): string[] {
  if (group === 'run') return [];
  if (group === 'all') return ['all'];
  return 'class' in group ? [group.class] : [`tenant:${group.tenant}`];
}

/**
 * A figure of a summary, in the unit of its metric.
 *
 * @param metric a name of `METRICS`
 * @param stat a statistic or a class, where the metric has them
 * @returns null when it is not defined (no sample, too few); undefined when the summary has no such figure
 */
export function readMetric(summary: RunSummary, group: MetricGroup, metric: string, stat?: string): Figure | undefined {
  return valueAt(valuesOf(summary, group), metric, stat);
}

function valuesOf(summary: RunSummary, group: MetricGroup): unknown {
  if (group === 'run') return summary;
  if (group === 'all') return summary.all;
  const [groups, name] = 'class' in group ? [summary.classes, group.class] : [summary.tenants, group.tenant];
  return Object.hasOwn(groups, name) ? groups[name] : undefined;
}
