import { describe, expect, test } from 'vitest';
import { slaMet } from '../../src/metrics/marks.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import type { SlaTargets } from '../../src/workload/request-table.ts';
import oracle from '../oracles/queueing.json' with { type: 'json' };
import { classesWith, type Row, runOf } from './run-of.ts';

const alone = () => 1;

function slaFor(targets: SlaTargets, rows: readonly Row[]) {
  const { table, outcomes } = runOf(rows, { classes: classesWith([targets]) });
  return summarize(table, outcomes, alone).all;
}

test('attainment counts as the published example does', () => {
  const example = oracle.metric_examples.sla_accounting;
  const within: Row = { admitted: 0, firstToken: 1, finish: 10 };
  const late: Row = { ...within, finish: 21 };
  const { sla, goodput } = slaFor({ latency: 20 }, [
    ...Array.from({ length: 6 }, () => within), late,
    { status: 'shed', shedReason: 1 }, { status: 'shed', shedReason: 2 },
    { ...within, sla: {} },
  ]);
  expect(sla.withTarget).toBe(example.denominator_offered);
  expect(sla.attainment).toBe(example.attainment_offered);
  expect(sla.attainmentCompleted).toBe(example.attainment_completed);
  expect(goodput).toBeCloseTo(6 / 21e-6, 6);
});

describe('a target', () => {
  const row: Row = { arrival: 100, admitted: 110, firstToken: 150, finish: 450, output: 4 };

  test.each<[keyof SlaTargets, number]>([['latency', 350], ['ttft', 50], ['tpot', 100]])('%s is inclusive', (target, value) => {
    expect(slaFor({ [target]: value }, [row]).sla).toMatchObject({ met: 1, attainment: 1, byTarget: { [target]: 1 } });
    expect(slaFor({ [target]: value - 0.001 }, [row]).sla).toMatchObject({ met: 0, attainment: 0, byTarget: { [target]: 0 } });
  });

  test('is missed by a request that is shed or unfinished, even if its first token was in time', () => {
    const unfinished: Row = { ...row, finish: NaN, status: 'unfinished' };
    const { sla } = slaFor({ latency: 1000, ttft: 1000 }, [row, { arrival: 200, status: 'shed' }, unfinished]);
    expect(sla).toMatchObject({ withTarget: 3, met: 1, attainmentCompleted: 1 });
    expect(sla.byTarget).toEqual({ latency: 1 / 3, ttft: 1 / 3, tpot: null });
  });

  test('must be met together with all others', () => {
    expect(slaFor({ latency: 350, ttft: 49 }, [row]).sla).toMatchObject({ met: 0, byTarget: { latency: 1, ttft: 0 } });
  });

  test('of a request replaces those of its class', () => {
    const rows: Row[] = [row, { ...row, sla: { latency: 1 } }, { ...row, sla: {} }];
    const { table, outcomes } = runOf(rows, { classes: classesWith([{ latency: 350 }]) });
    expect([0, 1, 2].map((request) => slaMet(table, outcomes, request))).toEqual([true, false, null]);
  });
});

describe('a target that a request cannot decide', () => {
  const single: Row = { arrival: 0, admitted: 0, firstToken: 9, finish: 9, output: 1 };
  const fates: Row[] = [single, { arrival: 0, output: 1, status: 'unfinished' }, { arrival: 0, output: 1, status: 'shed', shedReason: 1 }];

  test('is neither met nor missed, and the request is counted apart, whatever became of it', () => {
    const { sla, goodput } = slaFor({ tpot: 1 }, fates);
    expect(sla).toEqual({
      withTarget: 0, met: 0, attainment: null, attainmentCompleted: null, byTarget: { latency: null, ttft: null, tpot: null }, undecided: 3,
    });
    expect(goodput).toBeNull();
  });

  test('leaves the other requests and the other targets to decide', () => {
    const slow: Row = { arrival: 0, admitted: 0, firstToken: 9, finish: 99, output: 4 };
    expect(slaFor({ tpot: 1 }, [single, slow]).sla).toMatchObject({ withTarget: 1, met: 0, attainment: 0, byTarget: { tpot: 0 }, undecided: 1 });
    expect(slaFor({ tpot: 30 }, [single, slow]).sla).toMatchObject({ withTarget: 1, met: 1, attainment: 1, byTarget: { tpot: 1 }, undecided: 1 });
    expect(slaFor({ ttft: 9, tpot: 1 }, [single]).sla).toMatchObject({ withTarget: 1, met: 1, byTarget: { ttft: 1, tpot: null }, undecided: 0 });
    expect(slaFor({ ttft: 8, tpot: 1 }, [single]).sla).toMatchObject({ withTarget: 1, met: 0, byTarget: { ttft: 0, tpot: null }, undecided: 0 });
  });

  test('gives the row of the request no verdict', () => {
    const { table, outcomes } = runOf(fates, { classes: classesWith([{ tpot: 1 }]) });
    expect(fates.map((_, request) => slaMet(table, outcomes, request))).toEqual([null, null, null]);
  });
});

test('without any target nothing is attained and there is no goodput', () => {
  const { sla, goodput, throughput } = slaFor({}, [{ arrival: 0, admitted: 0, firstToken: 1, finish: 2 }]);
  expect(sla).toEqual({
    withTarget: 0, met: 0, attainment: null, attainmentCompleted: null, byTarget: { latency: null, ttft: null, tpot: null }, undecided: 0,
  });
  expect(goodput).toBeNull();
  expect(throughput).toBe(500000);
});
