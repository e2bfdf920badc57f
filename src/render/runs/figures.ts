/**
 * A summary as the plain figures that files carry (docs/reference.md, "Results"): SI units, null for what is not defined,
 * keys in the order of the metrics. JSON is these figures; CSV is the same, flattened.
 */
import type { Estimate } from '../../core/students-t.ts';
import type { Replicated } from '../../experiments/replications.ts';
import { METRICS } from '../../metrics/index.ts';
import type { Figure, Metric, MetricUnit } from '../../metrics/metric.ts';
import type { GroupSummary, RunSummary } from '../../metrics/summary.ts';
import { ValueTree, valuesAt } from '../../metrics/values.ts';
import { written } from '../../metrics/written.ts';

/** A JSON value whose keys are in the order in which they are to be written. */
export type Figures = { readonly [key: string]: Figures | string | number | null };

/** Seconds with up to six decimals. */
export function seconds(micros: number | null): number | null {
  return written(micros, 'time');
}

/** Shares, rates and ratios. */
export function plain(value: number | null): number | null {
  return written(value, 'ratio');
}

/** One group: all, a class or a tenant. */
export function groupFigures(group: GroupSummary | Replicated<GroupSummary>): Figures {
  return figuresOf(METRICS.filter(({ scope }) => scope === 'group'), group);
}

/** The single figures of the run that are of no family: its length. They come before its groups. */
export function lengthFigures(summary: RunSummary | Replicated<RunSummary>): Figures {
  return figuresOf(METRICS.filter((metric) => metric.scope === 'run' && isSingle(metric)), summary);
}

/** All else that belongs to a run as a whole, after its groups. @param some whether a metric is wanted */
export function runFigures(summary: RunSummary | Replicated<RunSummary>, some: (metric: Metric) => boolean = () => true): Figures {
  return figuresOf(METRICS.filter((metric) => metric.scope === 'run' && !isSingle(metric) && some(metric)), summary);
}

function isSingle({ name, stats, keyedBy }: Metric): boolean {
  return !name.includes('.') && stats.length === 0 && keyedBy === undefined;
}

type Found = Figure | Estimate;

function figuresOf(metrics: readonly Metric[], summary: object): Figures {
  const tree = new ValueTree();
  for (const { name, unit, stats, keyedBy } of metrics) {
    const found = valuesAt(summary, name);
    if (found === undefined) continue;
    const many = stats.length > 0 || keyedBy !== undefined;
    tree.set(name, many ? mapped(found as Readonly<Record<string, Found>>, unit) : writtenFigure(found as Found, unit));
  }
  return tree.values as Figures;
}

function mapped(values: Readonly<Record<string, Found>>, unit: MetricUnit): Figures {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, writtenFigure(value, unit)]));
}

/** A number as files carry it; over replications, its mean and how sure that is. */
function writtenFigure(value: Found, unit: MetricUnit): Figures | number | null {
  return typeof value === 'object' && value !== null ? { ...writtenEstimate(value, unit) } : written(value, unit);
}

/** `{ mean, halfWidth, n }`, in SI units. */
export function writtenEstimate({ mean, halfWidth, n }: Estimate, unit: MetricUnit): WrittenEstimate {
  return { mean: written(mean, unit), halfWidth: written(halfWidth, unit), n };
}

/** As files carry it. */
export interface WrittenEstimate {
  readonly mean: number | null;
  readonly halfWidth: number | null;
  readonly n: number;
}
