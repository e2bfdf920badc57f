/**
 * The one list of metrics: what `sched list` prints, what tables and comparisons name and colour, and what an
 * expectation or a baseline can refer to. Every figure of a `RunSummary` is one (group, metric, statistic).
 */
import type { RunSummary } from './summary.ts';

/** time: microseconds; share: 0 to 1; rate: per second; count: a number of things; ratio: of two equal units. */
export type MetricUnit = 'time' | 'share' | 'rate' | 'count' | 'ratio';

export type Direction = 'lower' | 'higher' | 'neither';

export interface MetricDefinition {
  /** As in the summary, with dots: `latency`, `sla.attainment`, `engine.utilization`. */
  readonly name: string;
  /** group: for all requests, every class and every tenant. run: once per run. */
  readonly scope: 'group' | 'run';
  readonly unit: MetricUnit;
  readonly better: Direction;
  /** What may follow the name in a path; empty when the metric is a single number or `keyedBy` says more. */
  readonly stats: readonly string[];
  /** Where what follows the name are names of the run, not fixed statistics. */
  readonly keyedBy?: 'class' | 'shed reason';
  readonly summary: string;
}

const DISTRIBUTION = ['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** In the order of the summary: those of every group, then those of the run. */
export const METRICS: readonly MetricDefinition[] = [
  figure('group', 'offered', 'count', 'neither', 'requests that arrived'),
  figure('group', 'completed', 'count', 'higher', 'requests that got all their output tokens'),
  figure('group', 'shed', 'count', 'lower', 'requests that were refused'),
  figure('group', 'unfinished', 'count', 'lower', 'requests neither completed nor shed when the run ended'),
  sampled('latency', 'time', 'arrival to last token'),
  sampled('ttft', 'time', 'arrival to first token'),
  sampled('tpot', 'time', '(last token - first token) / (output tokens - 1); none for one token'),
  sampled('itl', 'time', 'gaps between tokens, pooled over all tokens'),
  sampled('queueTime', 'time', 'arrival to first admission'),
  sampled('slowdown', 'ratio', 'latency over the latency of the same request alone on the empty engine'),
  figure('group', 'sla.withTarget', 'count', 'neither', 'requests that have an SLA target'),
  figure('group', 'sla.met', 'count', 'higher', 'requests that met every target they have'),
  figure('group', 'sla.attainment', 'share', 'higher', 'met / with target; shed and unfinished requests have missed'),
  figure('group', 'sla.attainmentCompleted', 'share', 'higher', 'met / those with a target that completed'),
  {
    ...figure('group', 'sla.byTarget', 'share', 'higher', 'requests that met this target / those that have it'),
    stats: ['latency', 'ttft', 'tpot'],
  },
  figure('group', 'goodput', 'rate', 'higher', 'requests that met all their targets, per second of makespan'),
  figure('group', 'throughput', 'rate', 'higher', 'completed requests per second of makespan'),
  figure('group', 'tokenThroughput', 'rate', 'higher', 'output tokens of completed requests per second of makespan'),
  figure('group', 'preemptions', 'count', 'lower', 'times a running request was put back to waiting'),
  figure('group', 'recomputedTokens', 'count', 'lower', 'tokens computed again after a preemption'),
  figure('group', 'longestWait', 'time', 'lower', 'longest queue time; never admitted: up to the end of the run'),
  figure('run', 'makespan', 'time', 'lower', 'first arrival to last finish'),
  figure('run', 'steps', 'count', 'neither', 'engine steps taken'),
  figure('run', 'fairness.jain', 'ratio', 'higher', "Jain's index over 1 / mean slowdown of the classes; 1 = equal"),
  figure('run', 'fairness.jainTenants', 'ratio', 'higher', "Jain's index over 1 / mean slowdown of the tenants"),
  {
    ...figure('run', 'fairness.contendedShare', 'share', 'neither', 'share of the service given while two classes had requests waiting'),
    keyedBy: 'class',
  },
  {
    ...figure('run', 'fairness.fairShare', 'share', 'neither', 'weighted max-min fair share of that same service'),
    keyedBy: 'class',
  },
  figure('run', 'fairness.maxServiceDifference', 'count', 'lower', 'largest difference in service per weight between two waiting classes'),
  figure('run', 'engine.meanBatch', 'count', 'neither', 'mean batch size over the time in which a step ran'),
  figure('run', 'engine.utilization', 'share', 'neither', 'share of the makespan in which a step ran'),
  figure('run', 'engine.peakWaiting', 'count', 'lower', 'most requests waiting at once'),
  figure('run', 'engine.peakKvBlocks', 'count', 'neither', 'most KV blocks in use at once'),
  figure('run', 'engine.offeredLoad', 'ratio', 'lower', 'output tokens offered over what the engine can sustain; above 1 the queue grows'),
  { ...figure('run', 'shedReasons', 'count', 'lower', 'shed requests by reason'), keyedBy: 'shed reason' },
];

function figure(
  scope: MetricDefinition['scope'], name: string, unit: MetricUnit, better: Direction, summary: string,
): MetricDefinition {
  return { name, scope, unit, better, stats: [], summary };
}

function sampled(name: string, unit: MetricUnit, summary: string): MetricDefinition {
  return { ...figure('group', name, unit, 'lower', summary), stats: DISTRIBUTION };
}

/** The definition of a metric by its name. */
export function findMetric(name: string): MetricDefinition | undefined {
  return METRICS.find((metric) => metric.name === name);
}

/** Which requests a figure is about; run: the metrics that are not about a group. */
export type MetricGroup = 'all' | 'run' | { readonly class: string } | { readonly tenant: string };

/** One figure of a summary. */
export interface MetricPath {
  /** `all.latency.p95`, `high.sla.attainment`, `tenant:acme.ttft.mean`, `engine.utilization`. */
  readonly text: string;
  readonly group: MetricGroup;
  readonly metric: MetricDefinition;
  readonly stat?: string;
}

/** The names that paths are made of, besides those of the metrics. */
export interface MetricNames {
  readonly classes: readonly string[];
  readonly tenants: readonly string[];
  readonly shedReasons: readonly string[];
}

/** The path of every figure of a summary: all, classes, tenants, then the run, each in the order of `METRICS`. */
export function metricPaths(summary: RunSummary): MetricPath[] {
  return metricPathsOf({
    classes: Object.keys(summary.classes),
    tenants: Object.keys(summary.tenants),
    shedReasons: Object.keys(summary.shedReasons),
  });
}

/** The same for a run that is yet to happen, so that a path can be checked beforehand. */
export function metricPathsOf(names: MetricNames): MetricPath[] {
  const groups: MetricGroup[] = [
    'all', ...names.classes.map((name) => ({ class: name })), ...names.tenants.map((name) => ({ tenant: name })), 'run',
  ];
  return groups.flatMap((group) => METRICS.filter(({ scope }) => (scope === 'run') === (group === 'run'))
    .flatMap((metric) => statsOf(metric, names).map((stat) => metricPath(group, metric, stat))));
}

function statsOf({ keyedBy, stats }: MetricDefinition, names: MetricNames): readonly (string | undefined)[] {
  if (keyedBy === 'class') return names.classes;
  if (keyedBy === 'shed reason') return names.shedReasons;
  return stats.length > 0 ? stats : [undefined];
}

/** The path of one figure. */
export function metricPath(group: MetricGroup, metric: MetricDefinition, stat?: string): MetricPath {
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
 * @param stat a statistic, class or shed reason, where the metric has them
 * @returns null when it is not defined (no sample, too few); undefined when the summary has no such figure
 */
export function readMetric(summary: RunSummary, group: MetricGroup, metric: string, stat?: string): number | null | undefined {
  const keys = [...groupKeys(group), ...metric.split('.'), ...(stat === undefined ? [] : [stat])];
  let value: unknown = summary;
  for (const key of keys) {
    // A distribution as a whole is null where it was not kept (ITL of very many tenants).
    if (value === null) return null;
    if (typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value === null || typeof value === 'number' ? value : undefined;
}

function groupKeys(group: MetricGroup): string[] {
  if (group === 'run') return [];
  if (group === 'all') return ['all'];
  return 'class' in group ? ['classes', group.class] : ['tenants', group.tenant];
}
