import { describe, expect, test } from 'vitest';
import { keeping, slaHolds } from '../../src/metrics/promises.ts';
import { groupSummaryOf, runSummaryOf } from './summary-of.ts';

const group = (attainment: number | null, byTarget: { latency?: number; ttft?: number; tpot?: number } = {}) =>
  groupSummaryOf({ offered: 100, sla: { withTarget: attainment === null ? 0 : 100, attainment, byTarget } });

describe('a promised share', () => {
  test('is kept by as many as were promised, to the request', () => {
    expect(keeping(group(99 / 100), 0.99).isKept).toBe(true);
    expect(keeping(group(98_999 / 100_000), 0.99).isKept).toBe(false);
    expect(keeping(group(999_999 / 1e6), 1).isKept).toBe(false);
  });

  test('is neither kept nor broken where no request decides a target', () => {
    expect(keeping(group(null), 0.99)).toEqual({ isKept: null, missed: [] });
  });

  test('is missed by the targets that too few meet, the most missed first', () => {
    expect(keeping(group(0.5, { latency: 0.995, ttft: 0.7, tpot: 0.6 }), 0.99).missed).toEqual(['tpot', 'ttft']);
  });

  test('is missed by all that anybody misses where only together they break it', () => {
    expect(keeping(group(0.985, { latency: 0.993, ttft: 0.992, tpot: 1 }), 0.99).missed).toEqual(['ttft', 'latency']);
  });
});

describe('the SLA', () => {
  const run = (chat: number | null, batch: number | null) => runSummaryOf({ classes: { chat: group(chat), batch: group(batch) } });
  const promises = [{ class: 'chat', targets: {}, attainment: 0.99 }];

  test('holds when every class keeps its share; a class that names none promises all', () => {
    expect(slaHolds(run(0.99, 1), promises)).toBe(true);
    expect(slaHolds(run(0.989, 1), promises)).toBe(false);
    expect(slaHolds(run(1, 0.999), promises)).toBe(false);
  });

  test('is asked of those that have targets alone', () => {
    expect(slaHolds(run(0.99, null), promises)).toBe(true);
    expect(slaHolds(run(null, null), promises)).toBeNull();
  });
});
