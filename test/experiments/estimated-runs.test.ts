/**
 * What an estimate is worth: real runs, replayed on an engine from card and model alone. The errors are those that
 * docs/hardware.md tells; an estimate that came out nearer by another choice would have to change them there too.
 */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type EngineOptions, engineSchema } from '../../src/engine/options.ts';
import { resolveEngine } from '../../src/engine/resolve.ts';
import { compare } from '../../src/experiments/calibrate/errors.ts';
import { replayOf } from '../../src/experiments/calibrate/replay.ts';
import { serverOf } from '../../src/experiments/calibrate/settings.ts';
import { readRun } from '../../src/experiments/measured/index.ts';
import { realRun, runFile } from './runs.ts';

/** Of the means of TPOT, latency and TTFT, in per cent, by the efficiency that is assumed. */
function errors(folder: string, hardware: string, efficiency?: 1): number[] {
  const run = readRun(runFile(folder));
  const server = serverOf({ flags: {}, metadata: run.settings }).engine;
  const { blockSize, blocks } = server.kvCache ?? {};
  const sugar = { hardware, model: 'llama-3.1-8b', ...(efficiency && { efficiency }), kvCache: { ...(blocks && { blockSize, blocks }) } };
  const { stepTime, kvCache } = v.parse(engineSchema, resolveEngine(sugar).engine) as EngineOptions;
  const { tpot, latency, ttft } = compare(run.requests, replayOf(run.requests)({ ...server, stepTime, kvCache: server.kvCache ?? kvCache }));
  return [tpot, latency, ttft].map(({ mean }) => 100 * mean.error!);
}

const RUNS = [
  { path: 'llmservingsim-vllm/rtx4090-llama3.1-8b', hardware: 'rtx-4090', defaults: [24, 30, 32], datasheet: [-4, -4, -3] },
  { path: 'llmservingsim-vllm/rtxpro6000-llama3.1-8b', hardware: 'rtx-pro-6000', defaults: [0, 0, 1], datasheet: [-23, -32, -56] },
  { path: 'gpu-h200/fcfs-ample', hardware: 'h200', defaults: [-1, -3, -6], datasheet: [-53, -71, -99] },
  { path: 'gpu-h200/fcfs-light', hardware: 'h200', defaults: [-4, -4, 1], datasheet: [-53, -52, -47] },
];

describe.each(RUNS)('$path', ({ path, hardware, defaults, datasheet }) => {
  const { folder, absent, title } = realRun(path);
  it.skipIf(absent)(`${title}: TPOT, latency and TTFT are off as docs/hardware.md says`, () => {
    for (const [expected, found] of [[defaults, errors(folder, hardware)], [datasheet, errors(folder, hardware, 1)]] as const) {
      for (const [i, error] of found.entries()) expect(Math.abs(error - expected[i]!)).toBeLessThan(2);
    }
  });
});
