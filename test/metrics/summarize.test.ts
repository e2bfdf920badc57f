import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Status } from '../../src/engine/outcomes.ts';
import { slaMet } from '../../src/metrics/marks.ts';
import { METRICS } from '../../src/metrics/index.ts';
import { percentileName } from '../../src/metrics/percentiles.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import type { Distribution } from '../../src/metrics/distribution.ts';
import type { GroupSummary } from '../../src/metrics/summary.ts';
import { valueAt } from '../../src/metrics/values.ts';
import { slaOf } from '../../src/workload/request-table.ts';
import oracle from '../oracles/queueing.json' with { type: 'json' };
import { anyRun } from './run-arbitrary.ts';
import { type Row, runOf } from './run-of.ts';

const alone = (prompt: number, output: number) => 10 * prompt + 1000 * output;
const seconds = (micros: number) => Math.round(micros * 1e6);

/** The definitions of the metrics, one value at a time, with sorting. */
function plainDistribution(values: readonly number[]): Distribution {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return { mean: null, stddev: null, min: null, p50: null, p90: null, p95: null, p99: null, max: null };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const percentile = (p: number) => (n >= 100 / (100 - p) ? sorted[Math.ceil((p * n) / 100) - 1]! : null);
  return {
    mean,
    stddev: Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n),
    min: sorted[0]!,
    p50: percentile(50), p90: percentile(90), p95: percentile(95), p99: percentile(99),
    max: sorted[n - 1]!,
  };
}

function expectDistribution(actual: Distribution, expected: Distribution) {
  const { min, p50, p90, p95, p99, max } = expected;
  expect(actual).toMatchObject({ min, p50, p90, p95, p99, max });
  for (const key of ['mean', 'stddev'] as const) {
    if (expected[key] === null) expect(actual[key]).toBeNull();
    else expect(Math.abs(actual[key]! - expected[key])).toBeLessThanOrEqual(1e-9 * Math.max(1, expected.max!));
  }
}

function expectSampled(actual: GroupSummary, rows: readonly Row[]) {
  const sample = (of: (row: Row) => number) => plainDistribution(rows.map(of));
  expectDistribution(actual.latency, sample((r) => (r.finish ?? NaN) - r.arrival!));
  expectDistribution(actual.ttft, sample((r) => (r.firstToken ?? NaN) - r.arrival!));
  expectDistribution(actual.queueTime, sample((r) => (r.admitted ?? NaN) - r.arrival!));
  expectDistribution(actual.tpot, sample((r) => (r.output! > 1 ? ((r.finish ?? NaN) - r.firstToken!) / (r.output! - 1) : NaN)));
  expectDistribution(actual.slowdown, sample((r) => ((r.finish ?? NaN) - r.arrival!) / alone(r.prompt!, r.output!)));
}

describe('a summary', () => {
  test('has the distributions that sorting finds, for all, by class and by tenant', () => {
    fc.assert(fc.property(anyRun, ({ rows, table, outcomes, classes }) => {
      const summary = summarize(table, outcomes, alone);
      expectSampled(summary.all, rows);
      classes.forEach(({ name }, i) => expectSampled(summary.classes[name]!, rows.filter((row) => row.class === i)));
      table.tenants.forEach((name, i) => expectSampled(summary.tenants[name]!, rows.filter((row) => row.tenant === i)));
    }), { numRuns: 30 });
  });

  test('loses no request: counts add up within a group, over the classes and over the tenants', () => {
    fc.assert(fc.property(anyRun, ({ rows, table, outcomes }) => {
      const { all, classes, tenants, shedReasons } = summarize(table, outcomes, alone);
      expect(all.offered).toBe(rows.length);
      expect(Object.values(shedReasons).reduce((sum, count) => sum + count, 0)).toBe(all.shed);
      for (const group of [all, ...Object.values(classes), ...Object.values(tenants)]) {
        expect(group.completed + group.shed + group.unfinished).toBe(group.offered);
      }
      for (const groups of [Object.values(classes), Object.values(tenants)]) {
        for (const count of ['offered', 'completed', 'shed', 'unfinished', 'preemptions', 'recomputedTokens'] as const) {
          expect(groups.reduce((sum, group) => sum + group[count], 0)).toBe(all[count]);
        }
        for (const count of ['withTarget', 'met', 'undecided'] as const) {
          expect(groups.reduce((sum, { sla }) => sum + sla[count], 0)).toBe(all.sla[count]);
        }
        expect(Math.max(-1, ...groups.map(({ longestWait }) => longestWait ?? -1))).toBe(all.longestWait ?? -1);
      }
    }), { numRuns: 30 });
  });

  test('counts as met exactly the completed requests that keep every target that they can decide', () => {
    fc.assert(fc.property(anyRun, ({ rows, table, outcomes }) => {
      const { sla } = summarize(table, outcomes, alone).all;
      const verdicts = rows.map((row, i) => {
        const { latency, ttft, tpot } = slaOf(table, i);
        const completed = outcomes.status[i] === Status.completed;
        const kept = [
          ...(latency === undefined ? [] : [completed && row.finish! - row.arrival! <= latency]),
          ...(ttft === undefined ? [] : [completed && row.firstToken! - row.arrival! <= ttft]),
          ...(tpot === undefined || row.output === 1 ? [] : [completed && (row.finish! - row.firstToken!) / (row.output! - 1) <= tpot]),
        ];
        return kept.length === 0 ? null : kept.every(Boolean);
      });
      expect(rows.map((_, i) => slaMet(table, outcomes, i))).toEqual(verdicts);
      const withTarget = verdicts.filter((verdict) => verdict !== null).length;
      const met = verdicts.filter((verdict) => verdict === true).length;
      expect(sla).toMatchObject({ withTarget, met, attainment: withTarget > 0 ? met / withTarget : null });
    }), { numRuns: 30 });
  });

  test('keeps any percentile that is asked for, of every distribution of every group', () => {
    fc.assert(fc.property(anyRun, fc.constantFrom(75, 20, 66.6), ({ rows, table, outcomes }, percentile) => {
      const { all, classes, tenants } = summarize(table, outcomes, alone, { percentiles: [percentile] });
      const sorted = rows.map((row) => (row.finish ?? NaN) - row.arrival!).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
      const rank = Math.ceil(Math.round(percentile * 10) * sorted.length / 1000);
      expect(all.latency[percentileName(percentile)]).toBe(sorted.length >= 100 / (100 - percentile) ? sorted[rank - 1] : null);
      for (const group of [all, ...Object.values(classes), ...Object.values(tenants)]) {
        for (const metric of METRICS) {
          if (metric.percentiles) expect(valueAt(group, metric.name, percentileName(percentile))).toBeDefined();
        }
      }
    }), { numRuns: 20 });
  });

  test('asks for the latency alone at most once per completed request', () => {
    fc.assert(fc.property(anyRun, ({ rows, table, outcomes }) => {
      let asked = 0;
      const { all } = summarize(table, outcomes, (prompt, output) => { asked++; return alone(prompt, output); });
      expect(asked).toBe(all.completed);
      expect(all.completed).toBeLessThanOrEqual(rows.length);
    }), { numRuns: 20 });
  });

  test('of a workload without requests defines nothing', () => {
    const { table, outcomes } = runOf([], { tenants: ['acme'] });
    const { all, makespan, fairness, engine, tenants } = summarize(table, outcomes, alone);
    expect(makespan).toBe(0);
    expect(all).toMatchObject({ offered: 0, goodput: null, throughput: null, longestWait: null, sla: { attainment: null } });
    expect(all.latency.mean).toBeNull();
    expect(all.itl.max).toBeNull();
    expect(fairness).toMatchObject({ jain: null, jainTenants: null, contendedShare: { c0: null } });
    expect(engine).toMatchObject({ meanBatch: null, utilization: null, offeredLoad: null });
    expect(Object.keys(tenants)).toEqual(['acme']);
  });

  test('agrees with the published timeline of one request', () => {
    const line = oracle.metric_examples.token_timeline;
    const times = line.token_times.map(seconds);
    const { table, outcomes } = runOf([{
      arrival: seconds(line.arrival), admitted: seconds(line.start), firstToken: times[0]!, finish: times.at(-1)!, output: times.length,
    }], {
      // The gaps as the engine counts them: sorted, equal ones together.
      engine: { gaps: [{ class: 0, tenant: -1, values: Float64Array.of(1e5, 2e5, 4e5), counts: Float64Array.of(2, 1, 1) }] },
    });
    const { all, makespan } = summarize(table, outcomes, alone);
    expect(all.ttft.mean).toBe(seconds(line.ttft));
    expect(all.queueTime.mean).toBe(seconds(line.queueing));
    expect(all.latency.mean).toBe(seconds(line.e2e));
    expect(all.tpot.mean).toBe(seconds(line.tpot));
    expect(all.itl).toMatchObject({ mean: seconds(line.tpot), max: seconds(line.max_itl), p50: 1e5, p90: null });
    expect(makespan).toBe(seconds(line.e2e));
    expect(all.tokenThroughput).toBeCloseTo(times.length / line.e2e, 12);
  });

  test('keeps inter-token latency apart by tenant only where the engine did', () => {
    const series = (tenant: number) => ({ class: 0, tenant, values: Float64Array.of(7), counts: Float64Array.of(1) });
    const summaryOf = (...tenants: number[]) => {
      const { table, outcomes } = runOf([{ arrival: 0 }], { tenants: ['acme', 'globex'], engine: { gaps: tenants.map(series) } });
      return summarize(table, outcomes, alone).tenants;
    };
    expect(summaryOf(-1)['acme']!.itl.mean).toBeNull();
    expect(summaryOf(0)['acme']!.itl.mean).toBe(7);
    expect(summaryOf(0)['globex']!.itl.mean).toBeNull();
  });
});

describe('the longest wait', () => {
  const longest = (...rows: Row[]) => {
    const { table, outcomes } = runOf(rows);
    return summarize(table, outcomes, alone).all.longestWait;
  };
  const done: Row = { arrival: 0, admitted: 5, firstToken: 10, finish: 90 };

  test('of a request never admitted lasts to the end of the run', () => {
    expect(longest(done, { arrival: 20, status: 'unfinished' })).toBe(70);
  });

  test('of a request that was shed does not count', () => {
    expect(longest(done, { arrival: 20, status: 'shed' })).toBe(5);
    expect(longest({ arrival: 20, status: 'shed' })).toBeNull();
  });
});
