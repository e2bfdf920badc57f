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

describe('the offered load', () => {
  const backlog = { backlogTime: 1000, backlogTokens: 100 };

  test('is the rate of arriving tokens over the rate at which a backlog is worked off', () => {
    // 60 + 140 tokens in 1000 us; what arrives at the end of that time is no longer in it.
    expect(summaryOf([done(0, 1, 60), done(500, 501, 140), done(1000, 1001, 5)], backlog).engine.offeredLoad).toBe(2);
  });

  test('leaves out what was shed', () => {
    const shed: Row = { arrival: 10, status: 'shed', shedReason: 1, output: 1e6 };
    expect(summaryOf([done(0, 1, 60), shed, done(1000, 1001, 5)], backlog).engine.offeredLoad).toBeCloseTo(0.6, 12);
  });

  test('is not defined without a backlog, or without a time over which requests arrive', () => {
    expect(summaryOf([done(0, 1, 60), done(1000, 1001, 5)]).engine.offeredLoad).toBeNull();
    expect(summaryOf([done(7, 8), done(7, 9)], backlog).engine.offeredLoad).toBeNull();
  });
});

test('shed requests are counted by reason, each of which is named', () => {
  const shed = (shedReason: number): Row => ({ status: 'shed', shedReason });
  expect(summaryOf([shed(2), shed(1), shed(2), done(0, 1)]).shedReasons)
    .toEqual({ 'longer than maxModelLength': 1, 'longer than the KV cache': 2, 'longer than maxBatchTokens, and chunkedPrefill is off': 0 });
});
