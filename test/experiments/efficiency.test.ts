/** Cards and model are known, two efficiencies are fitted: what was put in comes out, and it holds at other settings. */
import { describe, expect, it } from 'vitest';
import { CARDS } from '../../src/engine/hardware/cards.ts';
import { DEFAULT_EFFICIENCY } from '../../src/engine/hardware/options.ts';
import { type Server, estimateStep } from '../../src/engine/hardware/estimate.ts';
import { MODELS } from '../../src/engine/hardware/models.ts';
import { calibrate } from '../../src/experiments/calibrate/calibrate.ts';
import { compare } from '../../src/experiments/calibrate/errors.ts';
import { replayOf } from '../../src/experiments/calibrate/replay.ts';
import { readRun } from '../../src/experiments/measured/index.ts';
import { calibrationYaml } from '../../src/render/experiments/calibration.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { makeRun, realRun, runFile } from './runs.ts';

const serverOf = (card: string, efficiency = DEFAULT_EFFICIENCY): Server =>
  ({ card: CARDS.find(({ name }) => name === card)!, count: 1, model: MODELS.find(({ name }) => name === 'llama-3.1-8b')!, dtype: 'bf16', efficiency });

const REAL = { bandwidth: 0.9, compute: 0.52, perLayer: 85 };
const { base, perToken, perSequence, perContextToken } = estimateStep(serverOf('l40s', REAL));
const SAID = { maxBatchSize: 48, maxBatchTokens: 1024, asyncScheduling: false };
// The step of a server has a time per token, the made run a time per prefill token and per request: nearly the same.
const made = makeRun({
  seed: 'server', count: 200, rate: 4, engine: { maxBatchSize: 48, maxBatchTokens: 1024 }, settings: SAID,
  coefficients: { base, perSequence: perSequence + perToken, perPrefillToken: perToken, perContextToken },
});
const fitted = calibrate(made.run, { server: serverOf('l40s') });

describe('of a run of a server that is known', () => {
  it('finds the share of the datasheet and the overhead that it had', async () => {
    const { server, coefficients } = await fitted;
    expect(coefficients).toBeNull();
    expect(server!.efficiency.bandwidth).toBe(0.9);
    expect(server!.efficiency.compute / REAL.compute).toBeCloseTo(1, 1);
    // The weights take most of the base, so that it says more than the overhead within it.
    expect(Math.abs(estimateStep(server!).base / base - 1)).toBeLessThan(0.02);
  });

  it('writes a block that loads as the engine that was judged', async () => {
    const result = await fitted;
    const loaded = loadScenario(`${calibrationYaml([result])}workload: [ { requests: [ { class: high, outputTokens: 1 } ] } ]\n`, 'engine.yaml');
    if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
    const { estimated, ...engine } = loaded.scenario.engine;
    expect(engine).toEqual(result.engine);
    expect(estimated).toEqual({ hardware: 'l40s', model: 'llama-3.1-8b', cards: 1, figures: ['stepTime', 'blocks'], efficiency: { ...result.server!.efficiency, fittedTo: 'server' } });
  });
});

describe('one light run of a real H200', () => {
  const light = realRun('gpu-h200/fcfs-light');
  it.skipIf(light.absent)(`${light.title}: so fitted, foretells the busy runs within 3 % latency and 7 % TTFT`, async () => {
    const { engine } = await calibrate(readRun(runFile(light.folder)), { server: serverOf('h200') });
    for (const other of ['gpu-h200/fcfs-ample', 'gpu-h200/fcfs-ample-again']) {
      const { requests } = readRun(runFile(realRun(other).folder));
      const { latency, ttft } = compare(requests, replayOf(requests)(engine));
      expect(Math.abs(latency.mean.error!)).toBeLessThan(0.03);
      expect(Math.abs(ttft.mean.error!)).toBeLessThan(0.07);
    }
  });
});
