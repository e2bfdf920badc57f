import { describe, expect, test } from 'vitest';
import type { ContendedService, Outcomes } from '../../src/engine/outcomes.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import { classesWith, type Row, runOf } from './run-of.ts';

const alone = () => 10;

function fairnessOf(rows: readonly Row[], engine: Partial<Outcomes> = {}, weights = [1, 1, 1], tenants: string[] = []) {
  const { table, outcomes } = runOf(rows, { classes: classesWith([{}, {}, {}], weights), engine, tenants });
  return summarize(table, outcomes, alone).fairness;
}

/** A completed request `times` slower than alone. */
const slowed = (times: number, of: Row = {}): Row => ({ ...of, arrival: 0, admitted: 0, firstToken: 1, finish: 10 * times });

describe("Jain's index", () => {
  test('is 1 when every class is slowed down alike, however slow that is', () => {
    expect(fairnessOf([slowed(50, { class: 0 }), slowed(50, { class: 1 }), slowed(50, { class: 2 })]).jain).toBe(1);
  });

  test('is that of 1 / mean slowdown of the classes', () => {
    // Mean slowdowns 1, 1/3 and 1/5: the published example (1, 3, 5).
    const { jain } = fairnessOf([
      slowed(0.5, { class: 0 }), slowed(1.5, { class: 0 }), slowed(1 / 3, { class: 1 }), slowed(1 / 5, { class: 2 }),
    ]);
    expect(jain).toBeCloseTo(0.7714285714285715, 12);
  });

  test('passes over classes in which nothing completed; one class alone is fair', () => {
    expect(fairnessOf([slowed(3, { class: 1 }), { class: 2, status: 'shed' }]).jain).toBe(1);
    expect(fairnessOf([{ class: 0, status: 'unfinished' }]).jain).toBeNull();
  });

  test('of the tenants is taken over the tenants', () => {
    const { jain, jainTenants } = fairnessOf([slowed(1, { tenant: 0 }), slowed(3, { tenant: 1 })], {}, [1, 1, 1], ['acme', 'globex']);
    expect(jain).toBe(1);
    expect(jainTenants).toBeCloseTo((1 + 1 / 3) ** 2 / (2 * (1 + 1 / 9)), 12);
    expect(fairnessOf([slowed(1)]).jainTenants).toBeNull();
  });
});

describe('contended service', () => {
  const contention = (waiting: number[], ...service: number[]): ContendedService =>
    ({ waiting, time: 1, service: Float64Array.from(service) });

  test('is shared out as it was received, over all contended time', () => {
    const { contendedShare } = fairnessOf([], { contended: [contention([0, 1], 60, 20, 0), contention([1, 2], 0, 10, 10)] });
    expect(contendedShare).toEqual({ c0: 0.6, c1: 0.3, c2: 0.1 });
  });

  test('would be fair in proportion to the weights of those who wait', () => {
    const { fairShare } = fairnessOf([], { contended: [contention([0, 1, 2], 70, 0, 0)] }, [4, 2, 1]);
    expect(fairShare['c0']).toBeCloseTo(4 / 7, 12);
    expect(fairShare['c1']).toBeCloseTo(2 / 7, 12);
    expect(fairShare['c2']).toBeCloseTo(1 / 7, 12);
  });

  test('leaves a class that does not wait no more than it took', () => {
    const { fairShare } = fairnessOf([], { contended: [contention([0, 1], 90, 0, 10)] });
    expect(fairShare).toEqual({ c0: 0.45, c1: 0.45, c2: 0.1 });
  });

  test('is null, not 0, when nobody ever competed; the largest difference is the engine\'s', () => {
    expect(fairnessOf([slowed(1)])).toMatchObject({
      contendedShare: { c0: null, c1: null, c2: null }, fairShare: { c0: null, c1: null, c2: null }, maxServiceDifference: null,
    });
    expect(fairnessOf([], { maxServiceDifference: 12.5 }).maxServiceDifference).toBe(12.5);
  });
});
