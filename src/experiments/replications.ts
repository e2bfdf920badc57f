/**
 * What several replications of a scenario say together: of every figure its mean and how sure that is, of every
 * change the same, taken within each replication, where the requests are the same.
 */
import { type Estimate, estimate, type PairedEstimate, pairedEstimate } from '../core/students-t.ts';
import { metricPaths, readMetric, type MetricPath } from '../metrics/paths.ts';
import type { RunSummary } from '../metrics/summary.ts';

/** How often, with which seeds, and how sure an interval is. */
export interface Replications {
  readonly count: number;
  readonly seeds: readonly string[];
  readonly confidence: number;
}

/** Of intervals in tables. */
export const CONFIDENCE = 0.95;

/** Figures with, in place of each number, what it comes to over replications. */
export type Replicated<Figures> = Figures extends number | null ? Estimate | null : { readonly [Key in keyof Figures]: Replicated<Figures[Key]> };

/**
 * The seeds of replications: the first has the scenario's own, so that it is the plain run; more of them keep the
 * first ones.
 *
 * @param from number of the first, from 1
 */
export function seedsOf(seed: string, count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => (from + index === 1 ? seed : `${seed}/${from + index}`));
}

/** Every figure over the replications in which it is defined; null where it is in none. */
export function estimates(summaries: readonly RunSummary[], confidence = CONFIDENCE): Replicated<RunSummary> {
  return together(summaries as unknown as readonly Values[], confidence) as Replicated<RunSummary>;
}

type Values = { readonly [key: string]: Values } | number | null | undefined;

function together(all: readonly Values[], confidence: number): unknown {
  const maps = all.filter((each) => typeof each === 'object' && each !== null);
  if (maps.length === 0) return estimate(all.filter((value) => typeof value === 'number'), confidence);
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  return Object.fromEntries(keys.map((key) => [key, together(maps.map((map) => (Object.hasOwn(map, key) ? map[key] : null)), confidence)]));
}

/** How a figure changed from one run to another of the same replication. */
export interface ReplicatedChange extends PairedEstimate {
  readonly path: MetricPath;
}

/** By the path of the figure, of those that are defined on both sides in some replication. */
export function changesOf(before: readonly RunSummary[], after: readonly RunSummary[], confidence = CONFIDENCE): ReadonlyMap<string, ReplicatedChange> {
  const changes = new Map<string, ReplicatedChange>();
  for (const path of metricPaths(before[0]!)) {
    const differences = before.flatMap((summary, replication) => {
      const from = figureOf(summary, path);
      const to = figureOf(after[replication]!, path);
      return from === null || to === null ? [] : [to - from];
    });
    const found = pairedEstimate(differences, confidence);
    if (found) changes.set(path.text, { path, ...found });
  }
  return changes;
}

/** A figure of one replication; null where it is not defined. */
export function figureOf(summary: RunSummary, { group, metric, stat }: MetricPath): number | null {
  return readMetric(summary, group, metric.name, stat) ?? null;
}
