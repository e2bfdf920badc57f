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

/** Rows by metric, then by class with `all` last; a metric that no run defines for any group has none. */
export function comparisonRows(report: Report): ComparisonRow[] {
  const groups: (readonly [string, MetricGroup])[] = [...report.classes.map((name) => [name, { class: name }] as const), ['all', 'all']];
  const byGroup = BY_GROUP.flatMap(([title, metric, stat]) => {
    const rows = groups.map(([name, group]) => rowOf(report, title, name, pathOf(group, metric, stat)));
    return rows.some(isDefined) ? rows : [];
  });
  const { runs } = report;
  const preempts = runs.some(({ summary }) => summary.all.preemptions > 0) ? [['preemptions', 'preemptions', 'all'] as const] : [];
  const ofRun = [...OF_RUN.map(([title, metric]) => [title, metric, 'run'] as const), ...preempts]
    .map(([title, metric, group]) => rowOf(report, title, '', pathOf(group, metric)));
  return [...byGroup, ...ofRun.filter(isDefined)];
}

function isDefined({ values }: ComparisonRow): boolean {
  return values.some((value) => value !== null);
}

function pathOf(group: MetricGroup, name: string, stat?: string): MetricPath {
  const text = stat === undefined ? name : `${name}.${stat}`;
  return { text, group, metric: findMetric(name)!, ...(stat === undefined ? {} : { stat }) };
}

function rowOf({ runs }: Report, metric: string, group: string, path: MetricPath): ComparisonRow {
  const [first, ...others] = runs.map(({ summary }) => summary);
  return {
    metric, group, unit: path.metric.unit,
    values: runs.map(({ summary }) => readMetric(summary, path.group, path.metric.name, path.stat) ?? null),
    changes: others.map((summary) => changeAt(path, first!, summary)),
  };
}
