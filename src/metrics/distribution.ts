/** From values to the eight figures of a distribution. */
import { type CountedValues, nearestRank, selectCountedRanks, selectRanks } from '../core/quantiles.ts';
import { countedMoments, type Moments, moments, stddev } from '../core/statistics.ts';
import type { Distribution } from './summary.ts';

const PERCENTILES = [50, 90, 95, 99] as const;

/**
 * Whether a percentile says anything: with fewer than 100 / (100 - p) values its nearest rank is the maximum,
 * whatever the tail looks like.
 */
function decidable(percentile: number, count: number): boolean {
  return count >= 100 / (100 - percentile);
}

/**
 * The distribution of the first `count` values, none of them NaN.
 *
 * @param known their moments, where the caller has them: saves two passes
 */
export function distribution(values: Float64Array, count: number, known: Moments = moments(values, count)): Distribution {
  return describe(known, (ranks) => selectRanks(values, count, ranks, known));
}

/** The distribution of a counted sample, such as the gaps between all tokens. */
export function countedDistribution(sample: CountedValues): Distribution {
  return describe(countedMoments(sample.values, sample.counts), (ranks) => selectCountedRanks(sample, ranks));
}

function describe(known: Moments, select: (ranks: readonly number[]) => number[]): Distribution {
  const { count } = known;
  if (count === 0) {
    return { mean: null, stddev: null, min: null, p50: null, p90: null, p95: null, p99: null, max: null };
  }
  // Fewer samples silence the higher percentiles first, so the decidable ones are a prefix.
  const ranks = PERCENTILES.filter((p) => decidable(p, count)).map((p) => nearestRank(p, count));
  const [p50 = null, p90 = null, p95 = null, p99 = null] = ranks.length > 0 ? select(ranks) : [];
  return { mean: known.mean, stddev: stddev(known), min: known.min, p50, p90, p95, p99, max: known.max };
}
