/** Student's t and Holm against published tables and textbook data (test/oracles/experiments.json). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/core/holm.ts';
import { estimate, pairedEstimate, tQuantile } from '../../src/core/students-t.ts';
import oracles from '../oracles/experiments.json' with { type: 'json' };

describe('the quantile of t', () => {
  it.each(oracles.studentT.quantile)('at $p with $df degrees of freedom is $t', ({ p, df, t }) => {
    expect(tQuantile(2 * p - 1, df)).toBeCloseTo(t, 5);
  });
});

describe('paired intervals', () => {
  const { a, b, meanDifference, interval95, p } = oracles.paired;
  const differences = a.map((value, i) => value - b[i]!);

  it('are those of the sleep data', () => {
    const found = pairedEstimate(differences, 0.95)!;
    expect(found.n).toBe(10);
    expect(found.mean).toBeCloseTo(meanDifference, 12);
    expect(found.mean - found.halfWidth!).toBeCloseTo(interval95[0]!, 8);
    expect(found.mean + found.halfWidth!).toBeCloseTo(interval95[1]!, 8);
    expect(found.p).toBeCloseTo(p, 8);
  });

  it('of like with like are 0 ± 0, and no difference', () => {
    expect(pairedEstimate([0, 0, 0], 0.95)).toEqual({ mean: 0, halfWidth: 0, n: 3, p: 1 });
  });

  it('of differences that are all the same have no width, whatever the value', () => {
    expect(pairedEstimate([0.1, 0.1, 0.1], 0.95)).toEqual({ mean: 0.1, halfWidth: 0, n: 3, p: 0 });
  });

  it('reach 0 exactly where p is more than 5 %', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 }), (values) => {
      const { mean, halfWidth, p } = pairedEstimate(values, 0.95)!;
      if (Math.abs(Math.abs(mean) - halfWidth!) > 1e-6) expect(Math.abs(mean) > halfWidth!).toBe(p! < 0.05);
    }));
  });
});

describe('an estimate', () => {
  it('of one value has no width, of none is none', () => {
    expect(estimate([3], 0.95)).toEqual({ mean: 3, halfWidth: null, n: 1 });
    expect(estimate([], 0.95)).toBeNull();
  });

  it('is wider where it is to be surer', () => {
    const values = [1, 2, 4, 8];
    expect(estimate(values, 0.99)!.halfWidth!).toBeGreaterThan(estimate(values, 0.95)!.halfWidth!);
  });
});

describe('Holm', () => {
  it('adjusts as in the textbook', () => {
    holm(oracles.holm.p).forEach((value, i) => expect(value).toBeCloseTo(oracles.holm.adjusted[i]!, 12));
  });

  it('never makes a p-value smaller, nor another order, and of one leaves it', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (p) => {
      const adjusted = holm(p);
      p.forEach((value, i) => {
        expect(adjusted[i]!).toBeGreaterThanOrEqual(value);
        expect(adjusted[i]!).toBeLessThanOrEqual(Math.min(1, value * p.length));
        p.forEach((other, j) => {
          if (value < other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
    }));
    expect(holm([0.04])).toEqual([0.04]);
  });
});
