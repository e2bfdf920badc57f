import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedDistribution, distribution } from '../../src/metrics/distribution.ts';
import { pool } from '../../src/metrics/gaps.ts';

const ramp = (count: number) => Float64Array.from({ length: count }, (_, i) => i + 1);

describe('a percentile', () => {
  test.each([['p50', 2], ['p90', 10], ['p95', 20], ['p99', 100]] as const)('%s needs %i values', (name, needed) => {
    expect(distribution(ramp(needed - 1), needed - 1)[name]).toBeNull();
    expect(distribution(ramp(needed), needed)[name]).not.toBeNull();
  });

  test('is a value that was seen, and at least that many do not exceed it', () => {
    const { p50, p90, p95, p99 } = distribution(ramp(1000), 1000);
    expect([p50, p90, p95, p99]).toEqual([500, 900, 950, 990]);
  });
});

/** Sorted, counted samples. */
const entry = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }));
const sample = fc.uniqueArray(entry, { selector: ([value]) => value })
  .map((entries) => entries.toSorted(([a], [b]) => a - b))
  .map((entries) => ({
    values: Float64Array.from(entries, ([value]) => value),
    counts: Float64Array.from(entries, ([, count]) => count),
  }));

test('pooled counted samples have the distribution of all values written out', () => {
  fc.assert(fc.property(fc.array(sample), (samples) => {
    const written = samples.flatMap(({ values, counts }) =>
      Array.from(values).flatMap((value, i) => Array.from({ length: counts[i]! }, () => value)));
    const { mean, stddev, ...exact } = countedDistribution(pool(samples));
    const { mean: plainMean, stddev: plainStddev, ...plain } = distribution(Float64Array.from(written), written.length);
    expect(exact).toEqual(plain);
    expect(mean ?? 0).toBeCloseTo(plainMean ?? 0, 9);
    expect(stddev ?? 0).toBeCloseTo(plainStddev ?? 0, 9);
    const { values } = pool(samples);
    expect(Array.from(values)).toEqual([...new Set(written)].sort((a, b) => a - b));
  }));
});
