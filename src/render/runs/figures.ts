/**
 * A summary as the plain figures that files carry (docs/reference.md, "Results"): SI units, null for what is not defined,
 * keys in the order of the metrics. JSON is these figures; CSV is the same, flattened.
 */
import { METRICS } from '../../metrics/index.ts';
import type { Figure, Metric } from '../../metrics/metric.ts';
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
export function groupFigures(group: GroupSummary): Figures {
  return figuresOf(METRICS.filter(({ scope }) => scope === 'group'), group);
}

/** The single figures of the run that are of no family: its length. They come before its groups. */
export function lengthFigures(summary: RunSummary): Figures {
  return figuresOf(METRICS.filter((metric) => metric.scope === 'run' && isSingle(metric)), summary);
}

/** All else that belongs to a run as a whole, after its groups. @param some whether a metric is wanted */
export function runFigures(summary: RunSummary, some: (metric: Metric) => boolean = () => true): Figures {
  return figuresOf(METRICS.filter((metric) => metric.scope === 'run' && !isSingle(metric) && some(metric)), summary);
}

function isSingle({ name, stats, keyedBy }: Metric): boolean {
  return !name.includes('.') && stats.length === 0 && keyedBy === undefined;
}

function figuresOf(metrics: readonly Metric[], summary: GroupSummary | RunSummary): Figures {
  const tree = new ValueTree();
  for (const { name, unit } of metrics) {
    const value = valuesAt(summary, name) as Figure | Readonly<Record<string, Figure>> | undefined;
    if (value === undefined) continue;
    tree.set(name, typeof value === 'object' && value !== null ? mapped(value, (each) => written(each, unit)) : written(value, unit));
  }
  return tree.values as Figures;
}

function mapped(values: Readonly<Record<string, Figure>>, write: (value: Figure) => Figure): Figures {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, write(value)]));
}
