/** Noise of step times: its mean and spread, that 0 is none, and that all policies of a run meet the same. */
import { describe, expect, it } from 'vitest';
import type { StepTimeOptions } from '../../src/engine/options.ts';
import { makeStepTime } from '../../src/engine/step-time/index.ts';
import { withNoise } from '../../src/engine/step-time/noise.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { runScenario } from '../../src/run.ts';
import { noFiles } from '../../src/workload/files.ts';

const constant = (tokenTime: number) => {
  const options: StepTimeOptions = { model: 'constant', tokenTime };
  return makeStepTime(options);
};
const plain = constant(1_000_000);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const cvOf = (values: readonly number[]) => Math.sqrt(meanOf(values.map((value) => (value / meanOf(values) - 1) ** 2)));

describe('noise of a step', () => {
  const noisy = withNoise(plain, { step: 0.04, run: 0 }, 'a');
  const durations = Array.from({ length: 4000 }, () => noisy.duration(1, 0, 1, 0));

  it('has the mean of the step without it, and the coefficient of variation that was asked for', () => {
    // Four standard errors.
    expect(Math.abs(meanOf(durations) / 1e6 - 1)).toBeLessThan((4 * 0.04) / Math.sqrt(durations.length));
    expect(Math.abs(cvOf(durations) / 0.04 - 1)).toBeLessThan(4 / Math.sqrt(2 * durations.length));
  });

  it('makes whole microseconds, and something of every step that takes time at all', () => {
    expect(durations.every((duration) => Number.isInteger(duration))).toBe(true);
    const short = withNoise(constant(1), { step: 1, run: 0 }, 'a');
    expect(Array.from({ length: 1000 }, () => short.duration(1, 0, 1, 0)).every((duration) => duration >= 1)).toBe(true);
    expect(short.duration(0, 0, 0, 0)).toBe(0);
  });
});

describe('noise of a run', () => {
  it('is one factor for all of its steps, of mean 1 over runs', () => {
    const runs = Array.from({ length: 400 }, (_, seed) => withNoise(plain, { step: 0, run: 0.1 }, String(seed)));
    const first = runs.map((run) => run.duration(1, 0, 1, 0));
    expect(runs.map((run) => run.duration(1, 0, 1, 0))).toEqual(first);
    expect(Math.abs(meanOf(first) / 1e6 - 1)).toBeLessThan((4 * 0.1) / Math.sqrt(runs.length));
    expect(Math.abs(cvOf(first) / 0.1 - 1)).toBeLessThan(4 / Math.sqrt(2 * runs.length));
  });
});

describe('a scenario', () => {
  const runs = async (noise: string, seed = '1') => {
    const loaded = loadScenario(`
engine: { maxBatchSize: 4, stepTime: { model: constant, tokenTime: 20ms${noise} } }
workload: [{ requests: [${Array.from({ length: 200 }, (_, i) => `{ at: ${i * 60}ms, class: ${['high', 'low'][i % 2]}, outputTokens: ${5 + (i % 17)} }`).join(', ')}] }]
schedulers: [fifo, { policy: fifo, name: again }, priority]`, 'listed.yaml');
    if (!('scenario' in loaded)) throw new Error(loaded.faults[0]!.message);
    return (await runScenario({ ...loaded.scenario, seed }, { files: noFiles, wanted: { digests: true } })).runs;
  };

  it('with noise of 0 is the one without, to the byte', async () => {
    expect(await runs(', noise: { step: 0%, run: 0% }')).toEqual(await runs(''));
  });

  it('meets the same noise under every policy, and another with another seed', async () => {
    const [fifo, again] = await runs(', noise: { step: 4%, run: 0.5% }');
    expect(again!.sameScheduleAs).toBe('fifo');
    const [other] = await runs(', noise: { step: 4%, run: 0.5% }', '2');
    expect(other!.outcomeDigest).not.toBe(fifo!.outcomeDigest);
  });

  it('with noise tends to the one without', async () => {
    const [plainRun] = await runs('');
    const means = await Promise.all(Array.from({ length: 12 }, async (_, seed) => (await runs(', noise: { step: 4%, run: 0% }', String(seed)))[0]!.summary.makespan));
    const error = cvOf(means) / Math.sqrt(means.length);
    expect(Math.abs(meanOf(means) / plainRun!.summary.makespan - 1)).toBeLessThan(4 * error + 1e-3);
  });
});
