/** The rows of a comparison: which figures of which groups are set side by side. Terminal and Markdown share them. */
import { changeAt } from '../../metrics/compare.ts';
import { findMetric } from '../../metrics/index.ts';
import { readMetric, type MetricGroup, type MetricPath } from '../../metrics/paths.ts';
import type { Quantity } from '../text/quantities.ts';
import { type ComparedFigures, comparedFigures } from './changes.ts';
import type { Report } from '../../jobs/report.ts';

export interface ComparisonRow extends ComparedFigures {
  /** What is compared; rows with the same one stand together. */
  readonly metric: string;
  /** A class, `all`, or '' for a figure of the whole run: a fact that is told, no matter for praise or blame. */
  readonly group: string;
}

/** Whether a row is of the whole run: no matter for praise or blame. */
export function isFact({ group }: ComparisonRow): boolean {
  return group === '';
}

/** The figures of every row as cells, one per run; those of one metric share a unit. */
export function figuresOf(rows: readonly ComparisonRow[]): (Quantity | null)[][] {
  const metrics = new Set(rows.map(({ metric }) => metric));
  return [...metrics].flatMap((metric) => comparedFigures(rows.filter((row) => row.metric === metric)));
}

/** What is worth comparing by class, as people call it. */
const BY_GROUP: readonly (readonly [title: string, metric: string, stat?: string])[] = [
  ['mean latency', 'latency', 'mean'],
  ['p95 latency', 'latency', 'p95'],
  ['p99 latency', 'latency', 'p99'],
  ['p95 TTFT', 'ttft', 'p95'],
  ['SLA attainment', 'sla.attainment'],
  ['goodput', 'goodput'],
];

const OF_RUN: readonly (readonly [title: string, metric: string])[] = [
  ['makespan', 'makespan'],
  ['cost', 'cost'],
  ['cost per million tokens', 'costPerMillionTokens'],
  ['cost per million good tokens', 'costPerMillionGoodTokens'],
  ['Jain index', 'fairness.jain'],
];

/** A figure that is worth comparing, and what it is called. */
export interface ComparedPath {
  readonly title: string;
  /** A class, `all`, or '' for a figure of the whole run. */
  readonly group: string;
  readonly path: MetricPath;
}

/** By metric, then by class with `all` last; then what is said of the whole run. */
export function comparedPaths(classes: readonly string[], preemptions: boolean): ComparedPath[] {
  const groups: (readonly [string, MetricGroup])[] = [...classes.map((name) => [name, { class: name }] as const), ['all', 'all']];
  return [
    ...BY_GROUP.flatMap(([title, metric, stat]) => groups.map(([group, of]): ComparedPath => ({ title, group, path: pathOf(of, metric, stat) }))),
    ...OF_RUN.map(([title, metric]): ComparedPath => ({ title, group: '', path: pathOf('run', metric) })),
    ...(preemptions ? [{ title: 'preemptions', group: '', path: pathOf('all', 'preemptions') }] : []),
  ];
}

/** Rows by metric, then by class with `all` last; a metric that no run defines for any group has none. */
export function comparisonRows(report: Report): ComparisonRow[] {
  const preempts = report.runs.some(({ summary }) => summary.all.preemptions > 0);
  const present = report.classes.filter((name) => report.runs.some(({ summary }) => summary.classes[name]!.offered > 0));
  const rows = comparedPaths(present, preempts).map((compared) => rowOf(report, compared));
  const known = new Set(rows.filter(isDefined).map(({ metric }) => metric));
  return rows.filter(({ metric }) => known.has(metric));
}

function isDefined({ values }: ComparisonRow): boolean {
  return values.some((value) => value !== null);
}

function pathOf(group: MetricGroup, name: string, stat?: string): MetricPath {
  const text = stat === undefined ? name : `${name}.${stat}`;
  return { text, group, metric: findMetric(name)!, ...(stat === undefined ? {} : { stat }) };
}

function rowOf({ runs }: Report, { title: metric, group, path }: ComparedPath): ComparisonRow {
  const [first, ...others] = runs.map(({ summary }) => summary);
  return {
    metric, group, unit: path.metric.unit,
    values: runs.map(({ summary }) => readMetric(summary, path.group, path.metric.name, path.stat) ?? null),
    changes: others.map((summary) => changeAt(path, first!, summary)),
  };
}
