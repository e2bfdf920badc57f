/** Step-time models against their formulas and against figures from outside. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_TIMES } from '../../src/engine/step-time/index.ts';
import { engineOf, stepTimeOf } from '../support.ts';

const model = (stepTime: Record<string, unknown>) => stepTimeOf(engineOf({ stepTime }));

const EXAMPLES: Readonly<Record<string, Record<string, unknown>>> = {
  constant: { model: 'constant', tokenTime: '20ms' },
  'log-efficiency': { model: 'log-efficiency' },
  linear: { model: 'linear', base: '6ms', perSequence: '20us', perPrefillToken: '90us', perContextToken: '50ns' },
  table: { model: 'table', points: { 1: '20ms', 8: '24ms', 64: '50ms' } },
};

describe.each(STEP_TIMES.map(({ name }) => name))('%s', (name) => {
  const { duration, usesContext } = model(EXAMPLES[name]!);

  it('takes no time for a step that schedules nothing', () => {
    expect(duration(0, 0, 0, 0)).toBe(0);
  });

  it('gives whole microseconds, and looks at the context only if it says so', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.nat({ max: 9000 }), fc.nat({ max: 1e6 }), (n, prefill, context) => {
      const time = duration(n, prefill, n, context);
      expect(Number.isInteger(time)).toBe(true);
      expect(time).toBeGreaterThan(0);
      if (!usesContext) expect(duration(n, prefill, n, context + 12_345)).toBe(time);
    }));
  });
});

describe('log-efficiency', () => {
  it.each([[1, 50_000], [4, 43_069], [8, 39_603], [16, 36_137], [148, 25_014], [149, 25_000], [1000, 25_000]])(
    'the notebook: a batch of %i takes %i us', (batch, micros) => {
      expect(Math.abs(model(EXAMPLES['log-efficiency']!).duration(batch, 0, batch, 0) - micros)).toBeLessThanOrEqual(batch === 148 ? 20 : 0);
    },
  );
});

describe('linear', () => {
  it('is the sum of its terms, rounded once', () => {
    const { duration } = model({
      model: 'linear', base: '1ms', perSequence: '10us', perToken: '1us', perPrefillToken: '2us', perDecodeToken: '500ns', perContextToken: '1ns',
    });
    expect(duration(3, 100, 2, 1500)).toBe(Math.round(1000 + 30 + 102 + 200 + 1 + 1.5));
  });
});

describe('table', () => {
  it('is linear between points and constant beyond the ends', () => {
    const { duration } = model({ model: 'table', points: { 4: '10ms', 8: '18ms' } });
    expect([1, 4, 5, 6, 7, 8, 9, 100].map((n) => duration(n, 0, n, 0))).toEqual([10, 10, 12, 14, 16, 18, 18, 18].map((ms) => ms * 1000));
  });

  it('does not depend on the order of the points', () => {
    const a = model({ model: 'table', points: { 4: '10ms', 8: '18ms', 64: '50ms' } });
    const b = model({ model: 'table', points: { 64: '50ms', 4: '10ms', 8: '18ms' } });
    for (let n = 1; n < 70; n++) expect(a.duration(n, 0, n, 0)).toBe(b.duration(n, 0, n, 0));
  });
});
