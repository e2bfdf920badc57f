/** `load` in place of a pace: the offered load is the one that was asked for, whatever the process. */
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/core/fault.ts';
import { offeredLoadOf, pacedSources } from '../../src/run/load.ts';
import { paceOf } from '../../src/run/pace.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { buildWorkload } from '../../src/workload/build.ts';
import { noFiles } from '../../src/workload/files.ts';

const ENGINE = { preset: 'vllm', hardware: 'h200', model: 'llama-3.1-8b' };

function scenarioOf(sources: readonly object[], engine: object = ENGINE) {
  const classes = { chat: { priority: 1 }, batch: { priority: 2 } };
  const lengths = { class: { chat: 0.3, batch: 0.7 }, promptTokens: { distribution: 'lognormal', mean: 800, cv: 1 }, outputTokens: { distribution: 'uniform', min: 20, max: 300 } };
  const workload = sources.map((source) => ({ generate: { ...lengths, ...source } }));
  const loaded = loadScenario(JSON.stringify({ seed: 7, engine, classes, workload }), 's.json');
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
  return loaded.scenario;
}

/** Of the whole workload, with its paces found. */
async function loadOf(scenario: ReturnType<typeof scenarioOf>): Promise<number> {
  const { sources } = await pacedSources(scenario, noFiles);
  const { table } = await buildWorkload({ ...scenario, sources, files: noFiles });
  return offeredLoadOf(scenario.engine, table)!;
}

const PROCESSES = [
  { process: 'constant' }, { process: 'poisson' }, { process: 'gamma', cv: 3 }, { process: 'weibull', cv: 0.5 }, { process: 'uniform' },
  { process: 'burst', size: 20 }, { process: 'on-off', on: '5s', off: '10s' }, { process: 'on-off', on: '5s', off: '0s' },
  { process: 'ramp', from: 1, to: 3, over: '60s' }, { process: 'diurnal', peakToTrough: 4, period: '40s' }, { process: 'profile', counts: [300, 600, 500, 700] },
];

describe.each(PROCESSES)('$process', (process) => {
  it.each([[0.8, { count: 600 }], [0.8, { duration: '90s' }], [1.2, { count: 1500 }]])('has the load %d over %j', async (load, length) => {
    expect(Math.abs((await loadOf(scenarioOf([{ ...length, arrivals: { ...process, load } }]))) - load)).toBeLessThanOrEqual(0.01);
  });
});

describe('the pace that is found', () => {
  it('is in the sources, for each by itself, and nothing else changes', async () => {
    const other = { name: 'other', count: 50, arrivals: { process: 'poisson', rate: 2 } };
    const scenario = scenarioOf([other, { count: 400, arrivals: { process: 'poisson', load: '50%' } }]);
    const { sources, paced } = await pacedSources(scenario, noFiles);
    expect(sources[0]).toBe(scenario.sources[0]);
    const { rate } = paced[1]!.arrivals as unknown as { rate: number };
    expect(paced).toEqual([undefined, { asked: 0.5, arrivals: { process: 'poisson', rate } }]);
    expect(sources[1]).toEqual({ generate: { ...(scenario.sources[1] as { generate: object }).generate, arrivals: { process: 'poisson', rate } } });
    // Other numbers are drawn for another position, so the same source alone has nearly, not just, this rate.
    const alone = await pacedSources(scenarioOf([{ count: 400, arrivals: { process: 'poisson', load: 0.5 } }]), noFiles);
    expect((alone.paced[0]!.arrivals as unknown as { rate: number }).rate / rate).toBeCloseTo(1, 0);
  });

  it('follows the engine: half the speed is half the rate', async () => {
    const rateOn = async (tokenTime: string) => {
      const scenario = scenarioOf([{ count: 300, arrivals: { process: 'constant', load: 0.7 } }], { maxBatchSize: 4, stepTime: { model: 'constant', tokenTime } });
      return ((await pacedSources(scenario, noFiles)).paced[0]!.arrivals as unknown as { rate: number }).rate;
    };
    expect((await rateOn('10ms')) / (await rateOn('20ms'))).toBeCloseTo(2, 3);
  });
});

describe('a load that cannot be met', () => {
  it.each([
    [{ count: 1, arrivals: { process: 'poisson', load: 0.5 } }, /cannot be met: all requests that can be served come at once/],
    [{ count: 300, arrivals: { process: 'on-off', on: '5s', off: '10s', load: 1.2 } }, /cannot be met: the nearest that these requests allow is 0\.626/],
    [{ count: 8, arrivals: { process: 'burst', size: 8, load: 0.5 } }, /cannot be met/],
  ])('%j', async (source, message) => {
    const scenario = scenarioOf([{ name: 'first', count: 1, arrivals: { process: 'poisson', rate: 1 } }, source]);
    const refusal = await pacedSources(scenario, noFiles).then(() => null, (error: unknown) => error as FaultError);
    expect(refusal).toBeInstanceOf(FaultError);
    expect(refusal!.faults).toMatchObject([{ message: expect.stringMatching(message), path: ['workload', 1, 'generate', 'arrivals', 'load'] }]);
  });
});

describe('paceOf', () => {
  it('needs two runs where the load is in proportion', async () => {
    let runs = 0;
    const found = await paceOf(0.8, async (pace) => { runs++; return 0.037 * pace; });
    expect(found.load).toBeCloseTo(0.8, 6);
    expect(runs).toBe(2);
  });

  it('meets a load that rises in steps as nearly as they allow', async () => {
    const steps = async (pace: number) => Math.floor(10 * pace) / 7;
    const { load } = await paceOf(0.8, steps);
    expect([5 / 7, 6 / 7].map((step) => Math.abs(step - 0.8))).toContain(Math.abs(load! - 0.8));
    expect(load).toBe(6 / 7);
  });

  it('begins faster where one request per second says nothing', async () => {
    const { load } = await paceOf(0.5, async (pace) => (pace < 1e5 ? null : pace / 1e7));
    expect(load).toBeCloseTo(0.5, 4);
  });
});
