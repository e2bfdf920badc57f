import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedDistribution, distribution } from '../../src/metrics/distribution.ts';
import { pool } from '../../src/metrics/gaps.ts';
import { percentileName, percentileNamed, withPercentiles } from '../../src/metrics/percentiles.ts';

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

describe('a percentile that was asked for', () => {
  const asked = (percentiles: number[], count: number) => distribution(ramp(count), count, { percentiles: withPercentiles(percentiles) });

  test.each([[99.9, 1000], [99.99, 10_000], [75, 4], [33.3, 2], [97.5, 40]])('p%d needs %i values', (percentile, needed) => {
    expect(asked([percentile], needed - 1)[percentileName(percentile)]).toBeNull();
    expect(asked([percentile], needed)[percentileName(percentile)]).not.toBeNull();
  });

  test('is of exact rank, though no double is exactly 99.9', () => {
    for (const thousands of [1, 2, 7, 29, 30, 57]) expect(asked([99.9], 1000 * thousands)['p99.9']).toBe(999 * thousands);
  });

  test('stands among those that are always there, ascending, before the maximum', () => {
    expect(Object.keys(asked([99.9, 75, 95], 2000))).toEqual(['mean', 'stddev', 'min', 'p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'max']);
    const { p75: _, ...rest } = asked([75], 2000);
    expect(rest).toEqual(asked([], 2000));
  });

  test.each([['p99.9', 99.9], ['p5', 5], ['p05', 5], ['p0.5', 0.5], ['p99.999999', 99.999999]])('may be called %s', (name, percentile) => {
    expect(percentileNamed(name)).toBe(percentile);
  });

  test.each(['p0', 'p100', 'p0.0', 'p', 'p.5', 'p99.', 'p99.9999999', 'P99', 'p1e1', 'p-5', 'mean'])('is never called %s', (name) => {
    expect(percentileNamed(name)).toBeNull();
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
