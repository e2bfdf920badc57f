/** A synthetic twin is like what it is of: in itself, and under policies on a server at its load. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { fitArrivals } from '../../src/workload/fit/fit-arrivals.ts';
import { fitLengths } from '../../src/workload/fit/fit-lengths.ts';
import { fitTwin } from '../../src/workload/fit/fit.ts';
import type { FileAccess } from '../../src/workload/files.ts';
import { build, sourcesOf } from './scenario.ts';

const generated = (options: Readonly<Record<string, unknown>>) =>
  build([{ generate: { name: 'g', count: 20_000, class: 'high', outputTokens: { distribution: 'geometric', mean: 50 }, ...options } }]);

describe('arrivals', () => {
  test.each([
    ['constant', { process: 'constant', rate: 5 }],
    ['poisson', { process: 'poisson', rate: 5 }],
    ['gamma', { process: 'gamma', rate: 5, cv: 3 }],
    ['weibull', { process: 'weibull', rate: 5, cv: 3 }],
    ['ramp', { process: 'ramp', from: 1, to: 9, over: '4000s' }],
    ['diurnal', { process: 'diurnal', rate: 0.2, peakToTrough: 4, period: '24h' }],
    ['profile', { process: 'profile', every: '100s', counts: [10, 800, 30, 900, 5, 700, 500, 20, 1000, 10, 600, 40] }],
  ])('of a %s process are known as that', async (name, arrivals) => {
    const { table } = await generated({ arrivals, ...(name === 'profile' && { count: undefined, duration: '1200s' }) });
    expect(fitArrivals(table.arrival).process).toBe(name);
  });
});

test('lengths: one number, a lognormal, quantiles', async () => {
  const of = async (promptTokens: unknown) => fitLengths((await generated({ arrivals: { process: 'poisson', rate: 5 }, promptTokens })).table.promptTokens);
  expect(await of(70)).toBe(70);
  expect(await of({ distribution: 'lognormal', mean: 900, cv: 1.1 })).toMatchObject({ distribution: 'lognormal', cv: expect.closeTo(1.1, 1) });
  expect(await of({ distribution: 'mixture', components: [{ weight: 1, distribution: 'uniform', min: 1, max: 20 }, { weight: 1, distribution: 'uniform', min: 900, max: 1000 }] }))
    .toMatchObject({ distribution: 'empirical' });
});

test('classes whose lengths differ are generated each by itself', async () => {
  const { table } = await build([
    { generate: { name: 'a', count: 500, arrivals: { process: 'poisson', rate: 5 }, class: 'high', outputTokens: { distribution: 'geometric', mean: 10 } } },
    { generate: { name: 'b', count: 500, arrivals: { process: 'poisson', rate: 5 }, class: 'low', outputTokens: { distribution: 'geometric', mean: 90 } } },
  ]);
  const twin = (await fitTwin(table, '1'))!;
  expect(twin.generate.map(({ class: name, count }) => [name, count])).toEqual([['high', 500], ['low', 500]]);
  expect(twin.distance.outputTokens).toBeLessThan(0.06);
});

test('so few requests have none', async () => {
  expect(await fitTwin((await build([{ requests: [{ class: 'high', outputTokens: 1 }] }])).table, '1')).toBeUndefined();
});

const AZURE = fileURLToPath(new URL('../../../shared/traces/azure/AzureLLMInferenceTrace_conv.csv', import.meta.url));
const present = existsSync(AZURE);

describe.skipIf(!present)(`the Azure conversation${present ? '' : ` (skipped: no ${AZURE})`}`, () => {
  test('has a twin that keeps mean latency by class within 5 % and attainment within 3 points, under fifo and priority, near capacity', async () => {
    const file = fileURLToPath(new URL('../../scenarios/azure-conversation.yaml', import.meta.url));
    const loaded = loadScenario(readFileSync(file), file);
    if (!('scenario' in loaded)) throw new Error('the scenario is at fault');
    const files: FileAccess = { open: () => createReadStream(AZURE) };
    const scenario: Scenario = { ...loaded.scenario, schedulers: loaded.scenario.schedulers.slice(0, 2) };
    const trace = await runScenario(scenario, { files });
    const { generate } = (await fitTwin(trace.workload.table, scenario.seed))!;
    const twin = await runScenario({ ...scenario, sources: sourcesOf(...generate.map((each) => ({ generate: each }))) }, { files });
    for (const [i, { summary }] of trace.runs.entries()) {
      for (const [name, group] of Object.entries(summary.classes)) {
        const own = twin.runs[i]!.summary.classes[name]!;
        expect(Math.abs(own.latency.mean! / group.latency.mean! - 1)).toBeLessThan(0.05);
        expect(Math.abs(own.sla.attainment! - group.sla.attainment!)).toBeLessThan(0.03);
      }
    }
  });
});
