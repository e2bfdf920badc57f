import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedMoments, jainIndex, maxMinShares, mergeMoments, moments, stddev } from '../../src/core/statistics.ts';
import oracle from '../oracles/queueing.json' with { type: 'json' };

const examples = oracle.metric_examples;
const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((x) => x + 0);
const momentsOf = (values: readonly number[]) => moments(Float64Array.from(values), values.length);

function expectClose(actual: ReturnType<typeof moments>, expected: ReturnType<typeof moments>) {
  const scale = Math.max(1, Math.abs(expected.min), Math.abs(expected.max));
  expect(actual.count).toBe(expected.count);
  expect(actual.min).toBe(expected.min);
  expect(actual.max).toBe(expected.max);
  expect(Math.abs(actual.mean - expected.mean)).toBeLessThanOrEqual(1e-12 * scale);
  expect(Math.abs(actual.squares - expected.squares)).toBeLessThanOrEqual(1e-12 * scale * scale * expected.count);
}

describe('moments', () => {
  test('agree with the published example, whose deviation is the sample one', () => {
    const { values, mean, std } = examples.replication_ci;
    const found = momentsOf(values);
    expect(found.mean).toBe(mean);
    expect(stddev(found) * Math.sqrt(values.length / (values.length - 1))).toBeCloseTo(std, 12);
  });

  test('keep a small spread around a large mean', () => {
    const offset = 2 ** 40;
    const values = Array.from({ length: 20000 }, (_, i) => offset + (i % 2));
    expect(stddev(momentsOf(values))).toBeCloseTo(0.5, 9);
  });

  test('of equal values are that value and no spread', () => {
    fc.assert(fc.property(value, fc.integer({ min: 1, max: 9000 }), (one, count) => {
      expect(moments(new Float64Array(count).fill(one), count)).toEqual({ count, mean: one, squares: 0, min: one, max: one });
    }), { numRuns: 30 });
  });

  test('do not look beyond the count', () => {
    expect(moments(Float64Array.of(1, 3, 100), 2)).toEqual({ count: 2, mean: 2, squares: 2, min: 1, max: 3 });
  });

  test('of parts merge to those of the whole', () => {
    fc.assert(fc.property(fc.array(fc.array(value), { minLength: 1 }), (parts) => {
      fc.pre(parts.some((part) => part.length > 0));
      expectClose(mergeMoments(parts.map(momentsOf)), momentsOf(parts.flat()));
    }));
  });

  test('of counted values are those of the values written out', () => {
    fc.assert(fc.property(fc.array(fc.tuple(value, fc.integer({ min: 0, max: 9 }))), (sample) => {
      const written = sample.flatMap(([one, count]) => Array.from({ length: count }, () => one));
      fc.pre(written.length > 0);
      const counted = countedMoments(Float64Array.from(sample, ([one]) => one), Float64Array.from(sample, ([, count]) => count));
      expectClose(counted, momentsOf(written));
    }));
  });
});

describe("Jain's index", () => {
  test.each(examples.jain)('of $x', ({ x, value: expected }) => {
    expect(jainIndex(x)).toBeCloseTo(expected, 14);
  });

  test('lies between 1/K and 1 and does not depend on the unit', () => {
    const amounts = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(fc.property(amounts, fc.double({ min: 0.01, max: 100, noNaN: true }), (x, unit) => {
      const index = jainIndex(x)!;
      expect(index).toBeGreaterThanOrEqual(1 / x.length - 1e-12);
      expect(index).toBeLessThanOrEqual(1 + 1e-12);
      expect(jainIndex(x.map((amount) => amount * unit))).toBeCloseTo(index, 9);
    }));
  });

  test('is not defined without anything to share', () => {
    expect(jainIndex([])).toBeNull();
    expect(jainIndex([0, 0])).toBeNull();
  });
});

describe('max-min shares', () => {
  test.each(examples.max_min)('of $capacity among $demands by $weights', ({ capacity, demands, weights, alloc }) => {
    maxMinShares(capacity, demands, weights).forEach((share, i) => expect(share).toBeCloseTo(alloc[i]!, 12));
  });

  const demand = fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Infinity));
  const party = fc.tuple(demand, fc.double({ min: 0.1, max: 10, noNaN: true }));

  test('use up the capacity, give nobody more than it demands, and the unsatisfied equally per weight', () => {
    const anyCapacity = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(fc.property(anyCapacity, fc.array(party, { minLength: 1, maxLength: 12 }), (capacity, parties) => {
      const demands = parties.map(([amount]) => amount);
      const weights = parties.map(([, weight]) => weight);
      const shares = maxMinShares(capacity, demands, weights);
      const given = shares.reduce((sum, share) => sum + share, 0);
      expect(given).toBeCloseTo(Math.min(capacity, demands.reduce((sum, amount) => sum + amount, 0)), 9);
      const levels = shares.map((share, i) => share / weights[i]!);
      const top = Math.max(...levels);
      shares.forEach((share, i) => {
        expect(share).toBeLessThanOrEqual(demands[i]!);
        if (share < demands[i]! - 1e-9) expect(levels[i]).toBeCloseTo(top, 7);
      });
    }));
  });

  test('give nothing to who has no weight', () => {
    expect(maxMinShares(10, [Infinity, Infinity], [0, 1])).toEqual([0, 10]);
  });
});
