import { describe, expect, test } from 'vitest';
import type { Outcomes } from '../../src/engine/outcomes.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import { type Row, runOf } from './run-of.ts';

function summaryOf(rows: readonly Row[], engine: Partial<Outcomes> = {}) {
  const { table, outcomes } = runOf(rows, { engine });
  return summarize(table, outcomes, () => 1);
}

const done = (arrival: number, finish: number, output = 1): Row => ({ arrival, admitted: arrival, firstToken: finish, finish, output });

test('the makespan runs from the first arrival to the last finish', () => {
  expect(summaryOf([done(100, 900), done(200, 700), { arrival: 5000, status: 'unfinished' }]).makespan).toBe(800);
  expect(summaryOf([{ arrival: 100, status: 'shed' }]).makespan).toBe(0);
});

test('utilization and mean batch are averages over time', () => {
  const { engine } = summaryOf([done(0, 1000)], { busyTime: 800, batchTime: 2000, peakWaiting: 3, peakKvBlocks: 7 });
  expect(engine).toMatchObject({ utilization: 0.8, meanBatch: 2.5, peakWaiting: 3, peakKvBlocks: 7 });
});

test('rates are per second of makespan', () => {
  expect(summaryOf([done(0, 1e6, 30), done(0, 2e6, 10), { arrival: 0, status: 'shed', output: 99 }]).all)
    .toMatchObject({ throughput: 1, tokenThroughput: 20 });
});

describe('the queue, midway through the arrivals and at their end,', () => {
  const waiting = (...rows: Row[]) => {
    const { waitingHalfway, waitingAtEnd } = summaryOf(rows).engine;
    return [waitingHalfway, waitingAtEnd];
  };
  const admitted = (arrival: number, at: number): Row => ({ ...done(arrival, 9e6), admitted: at });

  test('is of those that have arrived and are not admitted yet', () => {
    expect(waiting(admitted(0, 51), admitted(20, 50), admitted(50, 60), admitted(51, 200), admitted(100, 101))).toEqual([2, 2]);
    expect(waiting(admitted(0, 0), admitted(0, 500))).toEqual([1, 1]);
    expect(waiting()).toEqual([0, 0]);
  });

  test('counts who is never admitted, but not who is refused', () => {
    expect(waiting({ arrival: 0, status: 'unfinished' }, { arrival: 0, status: 'shed' }, admitted(100, 100))).toEqual([1, 1]);
  });
});

test('shed requests are counted by reason, each of which is named', () => {
  const shed = (shedReason: number): Row => ({ status: 'shed', shedReason });
  expect(summaryOf([shed(2), shed(1), shed(2), done(0, 1)]).shedReasons)
    .toEqual({ 'longer than maxModelLength': 1, 'longer than the KV cache': 2, 'longer than maxBatchTokens, and chunkedPrefill is off': 0 });
});
