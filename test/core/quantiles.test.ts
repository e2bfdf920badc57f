import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestRank, selectCountedRanks, selectRanks } from '../../src/core/quantiles.ts';
import { randomStream } from '../../src/core/random.ts';
import oracle from '../oracles/queueing.json' with { type: 'json' };

const { data, nearest_rank: nearestRanks } = oracle.metric_examples.percentiles;

describe('nearest rank', () => {
  test.each(Object.entries(nearestRanks))('%s of the published example', (name, expected) => {
    const rank = nearestRank(Number(name.slice(1)), data.length);
    expect(selectRanks(Float64Array.from(data), data.length, [rank])).toEqual([expected]);
  });

  test('is the smallest rank that enough values do not exceed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1e7 }), (percentile, count) => {
      const rank = nearestRank(percentile, count);
      expect(rank * 100).toBeGreaterThanOrEqual(percentile * count);
      expect((rank - 1) * 100).toBeLessThan(percentile * count);
    }));
  });
});

/** Shapes that break naive bucketing: ties, skew over many magnitudes, one far outlier, extremes of a double. */
const SHAPES: Readonly<Record<string, (u: number, v: number) => number>> = {
  uniform: (u) => Math.round(u * 1e6),
  'all equal': () => 36137,
  'mostly one value': (u, v) => (u < 0.9 ? 0 : v),
  'few values': (u) => Math.floor(u * 5),
  'heavy tail': (u) => Math.round(1 / (1 - u) ** 6),
  'every magnitude': (u, v) => 2 ** Math.round((u - 0.5) * 2000) * (v < 0.5 ? -1 : 1),
  'nearly all at the bottom of every range': (u) => 2 ** -Math.round(1000 * u),
  'one far outlier': (u, v) => (v < 0.001 ? 1e15 : u),
  'the widest range': (u, v) => (v < 0.5 ? u : Number.MAX_VALUE * (v - 0.75)),
  'infinite ends': (u, v) => (v < 0.01 ? Infinity : v > 0.99 ? -Infinity : u),
  'the narrowest range': (u) => Number.MIN_VALUE * Math.floor(u * 3),
};

describe('selected ranks', () => {
  test.each(Object.keys(SHAPES))('equal those of the sorted values: %s', (shape) => {
    const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2000, max: 6000 }));
    const quantile = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(size, fc.integer(), fc.array(quantile, { minLength: 1, maxLength: 6 }), (count, seed, quantiles) => {
      const random = randomStream(String(seed));
      const values = Float64Array.from({ length: count + 3 }, () => SHAPES[shape]!(random(), random()));
      const before = values.slice();
      const ranks = quantiles.map((q) => Math.max(1, Math.ceil(q * count))).sort((a, b) => a - b);
      const sorted = values.slice(0, count).sort();
      expect(selectRanks(values, count, ranks)).toEqual(ranks.map((rank) => sorted[rank - 1]));
      expect(values.every((value, i) => value === before[i])).toBe(true);
    }), { numRuns: 8 });
  });

  test('of a counted sample equal those of the values written out', () => {
    const entry = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 }));
    const entries = fc.uniqueArray(entry, { minLength: 1, selector: ([value]) => value });
    fc.assert(fc.property(entries, (unsorted) => {
      const sample = unsorted.toSorted(([a], [b]) => a - b);
      const written = sample.flatMap(([value, count]) => Array.from({ length: count }, () => value));
      const values = Float64Array.from(sample, ([value]) => value);
      const counted = { values, counts: Float64Array.from(sample, ([, count]) => count) };
      expect(selectCountedRanks(counted, written.map((_, i) => i + 1))).toEqual(written);
    }));
  });
});
