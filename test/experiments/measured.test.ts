/** Measured runs are read on the engine's clock, and refused in plain words when no fit can be made from them. */
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/core/fault.ts';
import { readRun } from '../../src/experiments/measured/index.ts';
import type { MeasuredRun, RunFile } from '../../src/experiments/measured/measured-run.ts';
import { benchServe, makeRun, realRun, requestsJsonl, runFile } from './runs.ts';

const { measured, run: made } = makeRun({
  seed: 'measured', count: 40, rate: 6, coefficients: { base: 9000, perSequence: 80, perPrefillToken: 60, perContextToken: 0.1 },
  engine: { maxBatchSize: 8, maxBatchTokens: 512 }, settings: {},
});

const META = {
  model: 'some/model', vllm_version: '0.19.0', engine_kwargs: { max_num_seqs: 8, max_num_batched_tokens: 512, data_parallel_size: 1 },
  kv_cache: { num_gpu_blocks: 2588, block_size: 16, enable_prefix_caching: false },
};

function file(text: string, meta?: unknown): RunFile {
  return { path: 'run/requests.jsonl', name: 'run', text, beside: (name) => (name === 'meta.json' && meta !== undefined ? JSON.stringify(meta) : null) };
}

const read = (text: string, meta: unknown = META): MeasuredRun => readRun(file(text, meta));
const changed = (row: number, change: Record<string, unknown>): string =>
  requestsJsonl(measured).trim().split('\n').map((line, i) => JSON.stringify(i === row ? { ...JSON.parse(line), ...change } : JSON.parse(line))).join('\n');

function refusal(action: () => unknown): FaultError {
  try {
    action();
  } catch (error) {
    if (error instanceof FaultError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('requests.jsonl of LLMServingSim', () => {
  it('gives back the times of the engine, from whatever instant its clock counts', () => {
    for (const clock of [0, 479748.340626232]) {
      const { requests } = read(requestsJsonl(measured, clock));
      expect(requests).toEqual(made.requests);
    }
  });

  it('does not look at arrival_time, which is another clock', () => {
    expect(read(changed(3, { arrival_time: -1e9 })).requests).toEqual(made.requests);
  });

  it('takes the server from its metadata: the resolved settings, then the arguments, then the version', () => {
    expect(read(requestsJsonl(measured)).settings).toMatchObject({
      maxBatchSize: 8, maxBatchTokens: 512, kvBlocks: 2587, blockSize: 16, asyncScheduling: true, admission: 'full-length', prefixCaching: false,
    });
    const resolved = { ...META, resolved_config: { scheduler_config: { max_num_seqs: 64, async_scheduling: false, scheduler_reserve_full_isl: false } } };
    expect(read(requestsJsonl(measured), resolved).settings).toMatchObject({ maxBatchSize: 64, maxBatchTokens: 512, asyncScheduling: false, admission: 'chunk' });
    expect(read(requestsJsonl(measured), { ...META, vllm_version: '0.13.2' }).settings).toMatchObject({ asyncScheduling: false, admission: 'chunk' });
  });

  it.each([
    ['beyond what JSON can hold', changed(3, { last_token_ts: 'HUGE' }).replace('"HUGE"', '1e999'), 'line 4: last_token_ts is not a finite number'],
    ['of another clock, long before', changed(3, { queued_ts: -1e300 }), 'spans more than 115 days'],
    ['of another clock, long after', changed(3, { last_token_ts: 1e12 }), 'spans more than 115 days'],
    ['of tokens that no request has', changed(3, { output_toks: 1e8 }), 'line 4: input_toks and output_toks are not whole numbers of tokens, at most 10,000,000'],
  ])('refuses times %s', (_, text, message) => {
    expect(refusal(() => read(text)).message).toContain(message);
  });

  it('says that settings are guesses without meta.json, and that prefix cache hits are unknown', () => {
    const { settings, caveats } = readRun(file(requestsJsonl(measured)));
    expect(Object.values(settings).filter((value) => value !== undefined)).toEqual([]);
    expect(caveats.join('; ')).toMatch(/no meta\.json.*prefix cache hits are not recorded/);
    expect(read(requestsJsonl(measured)).caveats).toEqual([]);
  });

  it.each([
    ['a time is missing', changed(2, { queued_ts: undefined }), META, /line 3 has no queued_ts/],
    ['times are of two clocks', changed(0, { queued_ts: 1787267980 }), META, /line 1.*not of one clock/],
    ['tokens are no numbers', changed(1, { output_toks: 0 }), META, /line 2.*tokens/],
    ['a line is no JSON', `${requestsJsonl(measured)}{"input_toks":`, META, /line 41 is not/],
    ['several replicas served it', requestsJsonl(measured), { ...META, engine_kwargs: { data_parallel_size: 2 } }, /2 replicas/],
    ['a step gave several tokens', requestsJsonl(measured), { ...META, resolved_config: { speculative_config: { method: 'eagle' } } }, /speculative/],
    ['priorities are unknown', requestsJsonl(measured), { ...META, resolved_config: { scheduler_config: { policy: 'priority' } } }, /priorities/],
  ])('refuses a run where %s', (_why, text, meta, message) => {
    expect(refusal(() => read(text, meta)).message).toMatch(message);
  });
});

describe('vllm bench serve', () => {
  it('gives back the times of the client', () => {
    const { requests, settings, caveats } = read(JSON.stringify(benchServe(measured)));
    expect(requests.admitted).toBeNull();
    expect(settings).toEqual({});
    expect(caveats.join('; ')).toMatch(/does not record the server.*the client's/);
    for (const column of ['arrival', 'firstToken', 'finish'] as const) {
      requests[column].forEach((time, i) => expect(Math.abs(time - made.requests[column][i]!)).toBeLessThanOrEqual(1));
    }
  });

  it('leaves out a few failed requests, and says so', () => {
    const many = Array.from({ length: 5 }, () => measured).flat();
    const errors = many.map((_, i) => (i === 7 ? 'timeout' : ''));
    const { requests, caveats } = read(JSON.stringify(benchServe(many, { errors })));
    expect(requests.count).toBe(many.length - 1);
    expect(caveats).toContain('1 of 200 requests failed and are left out');
  });

  it.each([
    ['has no start times', { start_times: undefined }, /no start_times/],
    ['was saved without details', { ttfts: undefined, itls: undefined, start_times: undefined }, /only averages/],
    ['is a closed loop', { max_concurrency: 2 }, /closed loop.*max_concurrency 2/],
    ['has many failures', { errors: measured.map((_, i) => (i % 4 === 0 ? 'timeout' : '')) }, /10 of 40 requests failed/],
    ['was not streamed', { itls: measured.map(() => []) }, /was not streamed/],
    ['has a time below 0', { ttfts: measured.map(() => -1) }, /request 1 has a time below 0/],
    ['has lists of different lengths', { input_lens: [1, 2] }, /input_lens is not a list of 40 numbers/],
  ])('is refused when it %s', (_why, change, message) => {
    expect(refusal(() => read(JSON.stringify(benchServe(measured, change)))).message).toMatch(message);
  });

  it('is an open loop when the bound on requests in flight was never reached', () => {
    expect(read(JSON.stringify(benchServe(measured, { max_concurrency: 40 }))).requests.count).toBe(40);
  });
});

describe('a file in no known format', () => {
  it.each(['', 'hello', '[]', '{"requests": []}', 'TIMESTAMP,ContextTokens,GeneratedTokens\n'])('%j is refused, and the known ones are named', (text) => {
    const { faults: [fault] } = refusal(() => read(text));
    expect(fault!.message).toMatch(/not a measured run/);
    expect(fault!.help).toMatch(/llmservingsim.*vllm-bench-serve/);
  });
});

const bench = realRun('vllm-bench');
describe.skipIf(bench.absent)(`real results: ${bench.title}`, () => {
  it('of 2024 have no start times, and those of a closed loop only averages: neither supports a fit', () => {
    const detailed = gunzipSync(readFileSync(join(bench.folder, 'vllm-16qps-405B-8xH100-20241109.notext.json.gz'))).toString();
    expect(refusal(() => read(detailed)).message).toMatch(/no start_times/);
    const summary = readFileSync(join(bench.folder, 'summary-1p3d_conc32_in128_out2048_20250914_021003.json'), 'utf8');
    expect(refusal(() => read(summary)).message).toMatch(/only averages/);
  });
});

const rtx4090 = realRun('llmservingsim-vllm/rtx4090-llama3.1-8b');
describe.skipIf(rtx4090.absent)(`a real run: ${rtx4090.title}`, () => {
  it('is read with its server', () => {
    const { requests, settings, server, hardware } = readRun(runFile(rtx4090.folder));
    expect(requests.count).toBe(300);
    expect([server, hardware]).toEqual(['vLLM 0.19.0', 'NVIDIA GeForce RTX 4090']);
    expect(settings).toMatchObject({ maxBatchSize: 256, maxBatchTokens: 2048, maxModelLength: 32768, asyncScheduling: true, kvBlocks: 2587, admission: 'full-length', prefixCaching: true });
  });
});
