/** The rows of a comparison over replications, and which of its changes are more than chance. Terminal, Markdown and files share them. */
import { holm } from '../../core/holm.ts';
import type { Estimate } from '../../core/students-t.ts';
import type { Replicated, ReplicatedChange } from '../../experiments/replications.ts';
import type { ReplicatedReport } from '../../jobs/replicated-report.ts';
import { metricPath, type MetricPath } from '../../metrics/paths.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import { valuesAt } from '../../metrics/values.ts';
import { comparedPaths } from './comparison.ts';

/** How likely it may be that any change of a table that is called one is none. */
export const ALPHA = 0.05;

/** same: equal in every replication. unclear: chance may have made it. */
export type Mark = 'more' | 'less' | 'same' | 'unclear';

export interface MarkedChange extends ReplicatedChange {
  readonly mark: Mark;
}

export interface ReplicatedRow {
  readonly title: string;
  readonly group: string;
  readonly path: MetricPath;
  /** One per run; null where it is not defined. */
  readonly values: readonly (Estimate | null)[];
  /** One per run after the first; null where it is not defined on both sides. */
  readonly changes: readonly (MarkedChange | null)[];
}

/**
 * The figures that a comparison shows, and their changes; what is no change by Holm's procedure over all of them is
 * unclear. A figure that some replication does not have, for want of samples, is not shown: the others are no fair choice.
 */
export function replicatedRows({ runs, classes, replications: { count } }: ReplicatedReport): ReplicatedRow[] {
  const preempts = runs.some(({ summary }) => (summary.all.preemptions?.mean ?? 0) > 0);
  const rows = comparedPaths(classes, preempts).map(({ title, group, path }) => ({
    title, group, path,
    values: runs.map(({ summary }) => shownAt(summary, path, count)),
    changes: runs.slice(1).map(({ changes }) => inAll(changes.get(metricPath(path.group, path.metric, path.stat).text), count)),
  }));
  const known = new Set(rows.filter(({ values }) => values.some((value) => value !== null)).map(({ title }) => title));
  const shown = rows.filter(({ title }) => known.has(title));
  const tested = shown.flatMap(({ changes }) => changes.filter((change) => change !== null));
  const p = holm(tested.map((change) => change.p ?? 1));
  const marks = new Map(tested.map((change, index) => [change, markOf(change, p[index]!)]));
  return shown.map((row) => ({ ...row, changes: row.changes.map((change) => change && { ...change, mark: marks.get(change)! }) }));
}

/** How many changes were looked at together. */
export function comparisonsIn(rows: readonly ReplicatedRow[]): number {
  return rows.reduce((sum, { changes }) => sum + changes.filter((change) => change !== null).length, 0);
}

function markOf({ mean, halfWidth }: ReplicatedChange, p: number): Mark {
  if (mean === 0 && halfWidth === 0) return 'same';
  if (p > ALPHA) return 'unclear';
  return mean > 0 ? 'more' : 'less';
}

/** What a table shows of a figure: null where it is not defined in all of so many replications. */
export function shownAt(summary: Replicated<RunSummary>, path: Omit<MetricPath, 'text'>, count: number): Estimate | null {
  return inAll(estimateAt(summary, path), count);
}

function inAll<Found extends Estimate>(found: Found | null | undefined, count: number): Found | null {
  return found?.n === count ? found : null;
}

/** The figure at a path, over replications. */
export function estimateAt(summary: Replicated<RunSummary>, { group, metric, stat }: Omit<MetricPath, 'text'>): Estimate | null {
  const found = valuesAt(groupAt(summary, group), metric.name) as Estimate | Readonly<Record<string, Estimate | null>> | null | undefined;
  if (stat === undefined) return (found as Estimate | null | undefined) ?? null;
  return (found as Readonly<Record<string, Estimate | null>> | undefined)?.[stat] ?? null;
}

function groupAt(summary: Replicated<RunSummary>, group: MetricPath['group']): unknown {
  if (group === 'run') return summary;
  if (group === 'all') return summary.all;
  const [groups, name] = 'class' in group ? [summary.classes, group.class] : [summary.tenants, group.tenant];
  return Object.hasOwn(groups, name) ? groups[name] : undefined;
}
