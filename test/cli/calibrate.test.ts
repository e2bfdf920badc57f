import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchServe, makeRun, realRun, requestsJsonl } from '../experiments/runs.ts';
import { workspace, type Workspace } from './sched.ts';

const { measured } = makeRun({
  seed: 'command', count: 60, rate: 8, coefficients: { base: 9000, perSequence: 120, perPrefillToken: 60, perContextToken: 0.2 },
  engine: { maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: true }, settings: {},
});
const META = { vllm_version: '0.19.0', engine_kwargs: { max_num_seqs: 24, max_num_batched_tokens: 1024 } };

let at: Workspace;

beforeAll(() => {
  at = workspace();
  mkdirSync(at.path('run'));
  at.write('run/requests.jsonl', requestsJsonl(measured));
  at.write('run/meta.json', JSON.stringify(META));
  at.write('bench.json.gz', gzipSync(JSON.stringify(benchServe(measured))));
  at.write('old.json', JSON.stringify(benchServe(measured, { start_times: undefined })));
});
afterAll(() => at.remove());

describe('sched calibrate', () => {
  it('prints block and comparison, and writes an engine that a scenario runs on', () => {
    const { code, out, err } = at.sched(['calibrate', 'run', '-o', 'engine.yaml', '-o', 'result.json']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/engine:\n {2}maxBatchSize: 24/);
    for (const metric of ['queue time', 'TTFT', 'TPOT', 'latency']) expect(out).toContain(metric);
    const block = readFileSync(at.path('engine.yaml'), 'utf8');
    at.write('scenario.yaml', `${block}workload: [ { generate: { count: 20, class: high, arrivals: { process: poisson, rate: 5 }, promptTokens: 100, outputTokens: 50 } } ]\n`);
    expect(at.sched(['validate', 'scenario.yaml'])).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(at.sched(['simulate', 'scenario.yaml', '--scheduler', 'fifo', '--format', 'json']).out).runs[0].all.completed).toBe(20);
    const { engine, errors } = JSON.parse(readFileSync(at.path('result.json'), 'utf8'));
    expect(block).toContain(`base: ${engine.stepTime.base}`);
    expect(Math.abs(errors.latency.mean.error)).toBeLessThan(0.01);
  });

  it('gives the same bytes again, from folder or file', () => {
    const [first, second] = [at.sched(['calibrate', 'run', '--format', 'json']), at.sched(['calibrate', 'run/requests.jsonl', '--format', 'json'])];
    expect(second.out).toBe(first.out);
  });

  it('takes what the run does not tell from flags, and says so', () => {
    const { code, out } = at.sched(['calibrate', 'bench.json.gz', '--max-batch-size', '24', '--max-batch-tokens', '1024', '--no-async-scheduling', '--fit-on', '50%', '--format', 'json']);
    expect(code).toBe(0);
    const { run, engine, settings, fit, errors } = JSON.parse(out);
    expect(run).toMatchObject({ name: 'bench', format: 'vllm-bench-serve' });
    expect(engine).toMatchObject({ maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: false });
    expect(settings.maxBatchSize.origin).toBe('flag');
    expect(fit).toMatchObject({ requests: 60, on: 30 });
    expect(errors.queueTime.mean).toMatchObject({ measured: null, error: null });
  });

  it.each([
    [['old.json'], 'old.json: has no start_times'],
    [['nosuch'], 'nosuch'],
    [['run/meta.json'], 'not a measured run'],
    [['run', '--fit-on', '10%'], 'too few'],
    [['run', '--fit-on', '50'], 'percentage'],
    [['run', '--kv-blocks', '0'], 'whole number from 1'],
    [['run', '--kv-blocks', '10'], 'would not fit a server'],
    [['run', 'run', '-o', 'two.yaml'], 'of one run'],
    [['run', '-o', 'engine.csv'], 'extension'],
  ])('refuses %j', (args, message) => {
    const { code, out, err } = at.sched(['calibrate', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n +at /);
    expect(existsSync(at.path('two.yaml'))).toBe(false);
  });
});

const real = realRun('llmservingsim-vllm/rtxpro6000-llama3.1-8b');
describe.skipIf(real.absent)(`on a real run: ${real.title}`, () => {
  it('meets the measured latency', () => {
    const { errors } = JSON.parse(at.sched(['calibrate', real.folder, '--format', 'json']).out);
    // Means of last_token_ts - queued_ts and of first_token_ts - queued_ts, computed apart from this project.
    expect(errors.latency.mean.measured).toBeCloseTo(28.200747, 4);
    expect(errors.ttft.mean.measured).toBeCloseTo(7.097157, 4);
    expect(Math.abs(errors.latency.mean.error)).toBeLessThan(0.01);
  });
});
