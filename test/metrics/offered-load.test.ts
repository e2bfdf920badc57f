/** The offered load, on engines: what it is by hand, and what must hold of it whatever the server. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { queueGrew } from '../../src/metrics/verdict.ts';
import { offeredLoadOf } from '../../src/run/load.ts';
import { runScenario, type Wanted, workloadOf } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { noFiles } from '../../src/workload/files.ts';
import { classesOf, engineOf, tableOf } from '../support.ts';

const MS = 1e3;
const second = 1e6;

function scenarioOf(text: string): Scenario {
  const loaded = loadScenario(text, 'test.yaml');
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded));
  return loaded.scenario;
}

async function loadOf(scenario: Scenario): Promise<number | null> {
  return offeredLoadOf(scenario.engine, (await workloadOf(scenario, noFiles)).table);
}

/** One slot, 10 ms a token. */
const ONE = engineOf({ maxBatchSize: 1, stepTime: { model: 'constant', tokenTime: '10ms' } });
const rows = (count: number, gap: number, output: number) => Array.from({ length: count }, (_, i) => ({ arrival: 5 * second + i * gap, output }));

describe('the offered load by hand', () => {
  test('of one server with one slot is its busy time over the arrival time', () => {
    expect(offeredLoadOf(ONE, tableOf(rows(11, second, 50)))).toBe(0.55);
    expect(offeredLoadOf(ONE, tableOf(rows(11, second, 200)))).toBe(2.2);
  });

  test('leaves out what can never be served, in work and in time', () => {
    const table = tableOf([{ arrival: 0, output: 9000 }, ...rows(11, second, 50), { arrival: 99 * second, output: 9000 }]);
    expect(offeredLoadOf({ ...ONE, maxModelLength: 100 }, table)).toBe(0.55);
  });

  test('is not defined of one moment: a single request, a burst, nothing', () => {
    for (const some of [[], rows(1, 0, 5), rows(30, 0, 5)]) expect(offeredLoadOf(ONE, tableOf(some))).toBeNull();
  });
});

/** A server whose steps are limited by tokens, not by slots: a prompt fills one. */
const budget = (rate: number) => scenarioOf(`
seed: 1
engine: { maxBatchSize: 32, maxBatchTokens: 512, stepTime: { model: linear, base: 10ms, perPrefillToken: 100us } }
classes: { a: { priority: 1, sla: { ttft: 100ms } }, b: { priority: 2, sla: { ttft: 100ms } } }
workload: [ { generate: { count: 2000, arrivals: { process: poisson, rate: ${rate} }, class: { a: 1, b: 1 }, promptTokens: 512, outputTokens: 100 } } ]
`);

describe('the offered load where a token budget limits a step', () => {
  test('of a server with little to do is far below 1', async () => {
    // A step in which a prompt is computed takes some 60 ms: 16 requests a second at most, fewer with what decodes beside it.
    const load = (await loadOf(budget(2)))!;
    expect(load).toBeGreaterThan(0.12);
    expect(load).toBeLessThan(0.2);
  });

  test('doubles when the same requests come twice as fast', async () => {
    const [slow, fast] = [(await loadOf(budget(2)))!, (await loadOf(budget(4)))!];
    expect(fast / slow).toBeCloseTo(2, 3);
  });

  test('is above 1 exactly where the run overruns its arrivals and the queue grows', async () => {
    for (const rate of [2, 6, 10, 11, 14, 20]) {
      const scenario = budget(rate);
      const load = (await loadOf(scenario))!;
      const { runs } = await runScenario(scenario, { files: noFiles });
      expect([rate, queueGrew(runs[0]!.summary)]).toEqual([rate, load > 1]);
    }
  });

  test('rises with the rate, and crosses 1 once', async () => {
    const loads = await Promise.all([2, 4, 8, 10, 12, 16].map((rate) => loadOf(budget(rate))));
    expect(loads).toEqual(loads.toSorted((a, b) => a! - b!));
  });
});

test('the main demo can be served, just', async () => {
  const demo = readFileSync(join(import.meta.dirname, '../../scenarios/chat-and-batch.yaml'), 'utf8');
  const scenario = scenarioOf(demo);
  const { table } = await workloadOf(scenario, noFiles);
  const load = offeredLoadOf(scenario.engine, table)!;
  // Its requests need 170 ms each when all are there: 5.88 a second. They come at 5.38, the seed's share of the 5.53 that are asked for.
  const rate = (table.count - 1) / ((table.arrival[table.count - 1]! - table.arrival[0]!) / second);
  expect(rate / load).toBeCloseTo(5.885, 2);
});

describe('asked for', () => {
  const ARRIVALS = { busy: 'rate: 10', calm: 'rate: 1' };
  const scenarioAt = (rate: string) => scenarioOf(`
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 10ms } }
workload: [ { generate: { count: 40, arrivals: { process: constant, ${rate} }, class: high, outputTokens: 20 } } ]
`);
  const loads = async (rate: string, offeredLoad: Wanted['offeredLoad']) => {
    const { runs } = await runScenario(scenarioAt(rate), { files: noFiles, wanted: { offeredLoad } });
    return runs.map(({ summary }) => summary.engine.offeredLoad);
  };

  test('it is put into the figures of every run; otherwise only where it would tell of an overload', async () => {
    // 40 × 200 ms of work in 3.9 s.
    const LOAD = 8e6 / 3.9e6;
    expect(await loads(ARRIVALS.busy, 'always')).toEqual([LOAD, LOAD]);
    expect(await loads(ARRIVALS.busy, undefined)).toEqual([null, null]);
    expect(await loads(ARRIVALS.busy, 'where the queue grew')).toEqual([LOAD, LOAD]);
    expect(await loads(ARRIVALS.calm, 'where the queue grew')).toEqual([null, null]);
  });
});

test('no policy changes it, and no class does', () => {
  fc.assert(fc.property(fc.array(fc.record({ arrival: fc.nat(1e6), output: fc.integer({ min: 1, max: 50 }), class: fc.nat(2) }), { minLength: 2, maxLength: 40 }), (some) => {
    const sorted = some.toSorted((a, b) => a.arrival - b.arrival);
    const load = offeredLoadOf(ONE, tableOf(sorted, classesOf([1, 2, 3])));
    expect(offeredLoadOf(ONE, tableOf(sorted.map((row) => ({ ...row, class: 0 }))))).toBe(load);
    const span = sorted.at(-1)!.arrival - sorted[0]!.arrival;
    if (span > 0) expect(load).toBeCloseTo(sorted.reduce((sum, { output }) => sum + output * 10 * MS, 0) / span, 9);
  }));
});
