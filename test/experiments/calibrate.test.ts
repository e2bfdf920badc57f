/** Calibration finds step times with which the replay meets the run, and says what it did. */
import { describe, expect, it } from 'vitest';
import { calibrate, type Calibration } from '../../src/experiments/calibrate/calibrate.ts';
import { compare, COMPARED_METRICS, COMPARED_STATISTICS } from '../../src/experiments/calibrate/errors.ts';
import { residualsOf, sumOfSquares } from '../../src/experiments/calibrate/objective.ts';
import { replayOf } from '../../src/experiments/calibrate/replay.ts';
import { readRun } from '../../src/experiments/measured/index.ts';
import { FaultError } from '../../src/core/fault.ts';
import { THOROUGH } from '../support.ts';
import { makeRun, realRun, runFile } from './runs.ts';

const SERVER = { maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: true };
const BLOCKS = { ...SERVER, kvCache: { blocks: 700 } };
const SAID = { ...SERVER, admission: 'full-length' } as const;
const coefficients = { base: 9000, perSequence: 120, perPrefillToken: 60, perContextToken: 0.2 };
const slots = makeRun({ seed: 'slots', count: 150, rate: 8, coefficients, engine: SERVER, settings: SAID });
const memory = makeRun({ seed: 'memory', count: 110, rate: 8, coefficients, engine: BLOCKS, settings: SAID });

const whole = calibrate(slots.run);

/** The largest error of a metric, in per cent. */
function worst({ errors }: Calibration, metric: (typeof COMPARED_METRICS)[number]): number {
  return 100 * Math.max(...COMPARED_STATISTICS.map((statistic) => Math.abs(errors[metric][statistic].error ?? 0)));
}

describe('of a run of this very engine', () => {
  it('finds the truth, and every figure is met exactly', async () => {
    const result = await whole;
    expect(result.coefficients).toEqual(coefficients);
    for (const metric of COMPARED_METRICS) expect(worst(result, metric)).toBe(0);
    expect(result.choices.filter(({ origin }) => origin === 'fitted')).toEqual([]);
  });

  it.each([
    ['without context', { base: 12_000, perSequence: 100, perPrefillToken: 40, perContextToken: 0 }],
    ['of five digits', { base: 13_457, perSequence: 87.31, perPrefillToken: 33.773, perContextToken: 0.0617 }],
    ['of a small model', { base: 2_100, perSequence: 30, perPrefillToken: 7.5, perContextToken: 0.01 }],
  ])('finds coefficients %s', async (_, truth) => {
    expect((await calibrate(makeRun({ seed: 'truth', count: 150, rate: 8, coefficients: truth, engine: SERVER, settings: SAID }).run)).coefficients).toEqual(truth);
  });

  it('finds that a step takes the same time whatever is in it', async () => {
    const constant = { base: 20_000, perSequence: 0, perPrefillToken: 0, perContextToken: 0 };
    const { coefficients: found } = await calibrate(makeRun({ seed: 'constant', count: 120, rate: 8, coefficients: constant, engine: SERVER, settings: SAID }).run);
    expect(found).toEqual(constant);
  });

  it('fitted on the first half, meets the whole', async () => {
    const result = await calibrate(slots.run, { fitOn: 0.5 });
    expect([result.requests, result.fittedOn]).toEqual([150, 75]);
    for (const metric of ['latency', 'ttft'] as const) expect(worst(result, metric)).toBeLessThan(3);
  });

  it('is the same again', async () => {
    expect(await calibrate(slots.run)).toEqual(await whole);
  });

  it('reports the replay of the engine that it reports', async () => {
    const { engine, errors, run } = await calibrate(slots.run, { fitOn: 0.5 });
    expect(compare(run.requests, replayOf(run.requests)(engine))).toEqual(errors);
  });
});

describe('where memory decides who waits', () => {
  it('finds KV blocks that the run does not tell, and says that it fitted them', async () => {
    const result = await calibrate(memory.run);
    expect(Math.abs(result.engine.kvCache!.blocks / 700 - 1)).toBeLessThan(0.03);
    expect(result.choices.find(({ setting }) => setting === 'kvCache.blocks')).toMatchObject({ origin: 'fitted' });
    expect(worst(result, 'latency')).toBeLessThan(1.5);
  });

  it('finds those that prefix sharing added to the ones that the run tells', async () => {
    const run = { ...memory.run, settings: { ...SAID, kvBlocks: 680 } };
    const result = await calibrate(run);
    expect(Math.abs(result.engine.kvCache!.blocks / 700 - 1)).toBeLessThan(0.02);
    expect(result.choices.find(({ setting }) => setting === 'kvCache.blocks')!.note).toMatch(/the server had 680/);
  });

  it.each([
    ['a user gave', { flags: { kvBlocks: 680 } }, {}],
    ['are told, and prefix caching was off', {}, { kvBlocks: 680, prefixCaching: false }],
  ])('leaves alone the blocks that %s', async (_who, options, settings) => {
    const result = await calibrate({ ...memory.run, settings: { ...SAID, ...settings } }, options);
    expect(result.engine.kvCache!.blocks).toBe(680);
  });
});

describe('the server', () => {
  it('is what a flag says, else the run, else vLLM by default', async () => {
    const { engine, choices } = await calibrate({ ...slots.run, settings: { maxBatchTokens: 1024 } }, { flags: { maxBatchSize: 24 } });
    expect(engine).toMatchObject({ maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: true, chunkedPrefill: true });
    const origins = Object.fromEntries(choices.map(({ setting, origin }) => [setting, origin]));
    expect(origins).toMatchObject({ maxBatchSize: 'flag', maxBatchTokens: 'metadata', asyncScheduling: 'default' });
  });
});

describe('refuses', () => {
  const few = makeRun({ seed: 'few', count: 12, rate: 8, coefficients, engine: SERVER, settings: SAID });
  it.each([
    ['too few requests', () => calibrate(few.run), /12 requests: too few/],
    ['too small a part of them', () => calibrate(slots.run, { fitOn: 0.1 }), /15 of them to fit on: too few/],
    ['requests that the engine could not have served', () => calibrate(slots.run, { flags: { kvBlocks: 20 } }), /would not fit a server with these settings/],
    ['runs without a decode step', () => calibrate({ ...slots.run, requests: { ...slots.run.requests, outputTokens: new Uint32Array(150).fill(1) } }), /decode step was not measured/],
    ['a setting that no engine can have, from a flag', () => calibrate(slots.run, { flags: { maxBatchSize: 1_000_001 } }), /maxBatchSize as given must be at most 1,000,000 \(found 1000001\)/],
    ['one from the run', () => calibrate({ ...slots.run, settings: { blockSize: 65_537, kvBlocks: 10 } }), /kvCache.blockSize in the run's metadata must be at most 65,536/],
    ['more steps than can be replayed', () => calibrate({ ...slots.run, requests: { ...slots.run.requests, outputTokens: slots.run.requests.outputTokens.with(3, 1e7) } }), /has about 10,0\d\d,\d\d\d steps/],
    ['prompts that take more steps than that', () => calibrate({ ...slots.run, requests: { ...slots.run.requests, promptTokens: slots.run.requests.promptTokens.with(3, 1e7) } }, { flags: { maxBatchTokens: 2, maxBatchSize: 1 } }), /steps: more than 1,000,000/],
  ])('%s', async (_what, action, message) => {
    await expect(action()).rejects.toThrow(FaultError);
    await expect(action()).rejects.toThrow(message);
  });
});

describe('the loss', () => {
  const { requests } = slots.run;
  const late = (share: number) => ({ ...replayOf(requests)(exact), finish: requests.finish.map((time, i) => time + share * (time - requests.arrival[i]!)) });
  const exact = { ...replayEngine(), stepTime: { model: 'linear', perToken: 0, perDecodeToken: 0, ...coefficients } };

  it('of the truth is zero, and grows with the error', () => {
    const losses = [0, 0.01, 0.1, 1].map((share) => sumOfSquares(residualsOf(requests, late(share), requests.count)));
    expect(losses[0]).toBe(0);
    for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeGreaterThan(losses[i - 1]!);
  });

  it('does not look beyond the requests that a fit may see', () => {
    const outcomes = late(0);
    outcomes.finish[149] = NaN;
    expect(sumOfSquares(residualsOf(requests, outcomes, 100))).toBe(0);
    expect(sumOfSquares(residualsOf(requests, outcomes, 150))).toBeGreaterThan(0);
  });
});

function replayEngine() {
  return { ...SERVER, batching: 'continuous', chunkedPrefill: true, longPrefillThreshold: 0, overlong: 'shed' } as const;
}

/** Bounds in per cent for latency and TTFT, at the mean and at percentiles. */
const BOUNDS = { latency: { mean: 1, other: 1.5 }, ttft: { mean: 2, other: 5 } };

/** Of a run that it is fitted on, and by what the bounds are multiplied. */
const SHARES = [[1, 1], [0.5, 3]] as const;

// The larger run takes ten seconds each time.
describe.each(THOROUGH ? ['rtxpro6000-llama3.1-8b', 'rtx4090-llama3.1-8b'] : ['rtxpro6000-llama3.1-8b'])('the real run %s', (name) => {
  const real = realRun(`llmservingsim-vllm/${name}`);
  it.skipIf(real.absent).each(SHARES)(`fitted on a share of %d is met within %d times the bounds: ${real.title}`, async (fitOn, times) => {
    const { errors } = await calibrate(readRun(runFile(real.folder)), { fitOn });
    for (const [metric, { mean, other }] of Object.entries(BOUNDS) as ['latency' | 'ttft', { mean: number; other: number }][]) {
      for (const statistic of COMPARED_STATISTICS) {
        const bound = times * (statistic === 'mean' ? mean : other);
        expect(Math.abs(100 * errors[metric][statistic].error!), `${metric} ${statistic}`).toBeLessThanOrEqual(bound);
      }
    }
  });
});
