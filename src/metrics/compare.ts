/** Two runs of the same requests side by side: how every figure changed, and whether that is for the better. */
import type { Direction } from './metric.ts';
import { type MetricPath, metricPaths, readMetric } from './paths.ts';
import type { RunSummary } from './summary.ts';

/** different: the figure changed, but has no better direction, or is not defined on one side. */
export type Effect = 'better' | 'worse' | 'same' | 'different';

/** How one figure changed, in the unit of its metric. */
export interface MetricChange {
  readonly path: MetricPath;
  readonly before: number | null;
  readonly after: number | null;
  /** after - before; null where one of them is not defined. */
  readonly absolute: number | null;
  /** The change as a share of `before`; null where that is 0 or one of them is not defined. */
  readonly relative: number | null;
  readonly effect: Effect;
}

/**
 * What is told as a change, in tables and sentences alike: half a percent of what it was before, or a tenth of a
 * percentage point where the figure is a share itself. What is less is told as equal in all but the exact figures.
 */
const LEAST_CHANGE = { relative: 0.005, share: 0.001 } as const;

/** Whether a figure changed by enough to be told; one that began or ceased to be defined did, and so did one that was 0. */
export function isChange({ path, before, after, absolute, relative }: MetricChange): boolean {
  if (before === after) return false;
  if (absolute === null) return true;
  if (path.metric.unit === 'share') return Math.abs(absolute) >= LEAST_CHANGE.share;
  return relative === null || Math.abs(relative) >= LEAST_CHANGE.relative;
}

/** Every figure of either run, in the order of `metricPaths`. */
export function compareRuns(before: RunSummary, after: RunSummary): MetricChange[] {
  const paths = metricPaths(before);
  const known = new Set(paths.map(({ text }) => text));
  const added = metricPaths(after).filter(({ text }) => !known.has(text));
  return [...paths, ...added].map((path) => changeAt(path, before, after));
}

/** How one figure changed between two runs. */
export function changeAt(path: MetricPath, before: RunSummary, after: RunSummary): MetricChange {
  const { group, metric, stat } = path;
  const read = (summary: RunSummary) => readMetric(summary, group, metric.name, stat) ?? null;
  return changeOf(path, read(before), read(after));
}

/** How a figure changed from one value to another. */
export function changeOf(path: MetricPath, before: number | null, after: number | null): MetricChange {
  const absolute = before === null || after === null ? null : after - before;
  return {
    path,
    before,
    after,
    absolute,
    relative: absolute === null || before === null || before === 0 ? null : absolute / Math.abs(before),
    effect: before === after ? 'same' : effectOf(path.metric.better, absolute),
  };
}

function effectOf(better: Direction, absolute: number | null): Effect {
  if (absolute === null || better === 'neither') return 'different';
  return absolute < 0 === (better === 'lower') ? 'better' : 'worse';
}
