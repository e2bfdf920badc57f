/** From values to the statistics of a distribution. */
import { type CountedValues, nearestRank, samplesNeeded, selectCountedRanks, selectRanks } from '../core/quantiles.ts';
import { countedMoments, type Moments, moments, stddev } from '../core/statistics.ts';
import { percentileName, PERCENTILES } from './percentiles.ts';

/**
 * Nearest-rank percentiles of exact values; a percentile needs at least 100 / (100 - p) samples. `stddev` is that
 * of the population (divisor n): it describes these values, and estimates nothing. Null: no sample, or too few.
 */
export interface Distribution {
  readonly mean: number | null;
  readonly stddev: number | null;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** Those that were asked for beside the four. */
  readonly [percentile: `p${number}`]: number | null;
}

/** In the order in which they are written; further percentiles stand between `min` and `max`, ascending. */
export const STATISTICS = ['mean', 'stddev', 'min', ...PERCENTILES.map(percentileName), 'max'] as const;

/** How a distribution is taken. */
export interface DistributionOptions {
  /** Moments of the values, where the caller has them: saves two passes. */
  readonly known?: Moments;
  /** Ascending; default: the four that every distribution has. */
  readonly percentiles?: readonly number[];
}

/** The distribution of the first `count` values, none of them NaN. */
export function distribution(
  values: Float64Array, count: number, { known = moments(values, count), percentiles }: DistributionOptions = {},
): Distribution {
  return describe(known, percentiles, (ranks) => selectRanks(values, count, ranks, known));
}

/** The distribution of a counted sample, such as the gaps between all tokens. */
export function countedDistribution(sample: CountedValues, percentiles?: readonly number[]): Distribution {
  return describe(countedMoments(sample.values, sample.counts), percentiles, (ranks) => selectCountedRanks(sample, ranks));
}

/** The distribution of no values at all. */
export function noDistribution(percentiles?: readonly number[]): Distribution {
  return countedDistribution({ values: new Float64Array(0), counts: new Float64Array(0) }, percentiles);
}

function describe(known: Moments, percentiles: readonly number[] = PERCENTILES, select: (ranks: readonly number[]) => number[]): Distribution {
  const { count } = known;
  // Fewer samples silence the higher percentiles first, so the decidable ones are a prefix.
  const ranks = percentiles.filter((percentile) => count >= samplesNeeded(percentile)).map((percentile) => nearestRank(percentile, count));
  const values = ranks.length > 0 ? select(ranks) : [];
  const some = (value: number) => (count > 0 ? value : null);
  return {
    mean: some(known.mean), stddev: some(stddev(known)), min: some(known.min),
    ...Object.fromEntries(percentiles.map((percentile, at) => [percentileName(percentile), values[at] ?? null])),
    max: some(known.max),
  } as unknown as Distribution;
}
