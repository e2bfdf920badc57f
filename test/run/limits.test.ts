/** A scenario that asks for more time or memory than is meant is stopped, and told what lifts the limit. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/core/fault.ts';
import { runScenario, workloadOf } from '../../src/run.ts';
import { type Limits, LIMITS, NO_LIMITS, shared } from '../../src/run/limits.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { type FileAccess, noFiles } from '../../src/workload/files.ts';

function scenarioOf(text: string): Scenario {
  const loaded = loadScenario(text, 'x.yaml');
  if (!('scenario' in loaded)) throw new FaultError(loaded.faults);
  return loaded.scenario;
}

async function refusal(work: Promise<unknown>): Promise<{ message: string; help: string | undefined; code: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.faults[0] as never;
    throw error;
  }
  throw new Error('nothing was refused');
}

const few: Limits = { requests: 100, steps: 60_000, gaps: 1000 };
const run = (text: string, limits = few) => runScenario(scenarioOf(text), { files: noFiles, limits });

/** A million times a million of something, in a few bytes. */
const ENDLESS: Readonly<Record<string, string>> = {
  'prompts in steps of a token': `
engine: { maxBatchTokens: 1 }
workload: [ { generate: { count: 50, arrivals: { process: poisson, rate: 1 }, class: low, promptTokens: 10000000, outputTokens: 1 } } ]`,
  'steps that all differ': `
engine: { stepTime: { model: linear, base: 1ms, perContextToken: 1ns } }
workload: [ { generate: { count: 50, arrivals: { process: poisson, rate: 1 }, class: low, outputTokens: 10000000 } } ]`,
  'requests that take blocks from each other': `
engine: { maxBatchSize: 50, maxBatchTokens: 50, kvCache: { blockSize: 1, blocks: 9000, admission: chunk } }
schedulers: [ { policy: priority, preempt: true } ]
workload: [ { generate: { count: 50, arrivals: { process: poisson, rate: 100 }, class: { high: 1, low: 1 }, promptTokens: 10, outputTokens: { distribution: uniform, min: 1, max: 9000 } } } ]`,
};

describe('the work of runs', () => {
  it.each(Object.entries(ENDLESS))('ends at so many steps: %s', async (_name, text) => {
    const { code, message, help } = await refusal(run(text, { ...few, gaps: Infinity }));
    expect(code).toBe('work-limit');
    expect(message).toMatch(/^engine: the run under \S+ takes more than [36]0,000 steps that cannot be taken together/);
    expect(help).toMatch(/^by then \d+ of 50 requests had finished.*--no-limit/);
  });

  it('counts a look at each of many requests, again and again, as work', async () => {
    const text = `
engine: { maxBatchSize: 100000, maxBatchTokens: 100000, longPrefillThreshold: 1 }
schedulers: [ { policy: priority, preempt: true } ]
workload: [ { generate: { count: 100000, arrivals: { process: burst, size: 100000, interval: 1s }, class: low, promptTokens: 100, outputTokens: 1 } } ]`;
    expect(await refusal(run(text, { ...few, requests: 1e6 }))).toMatchObject({ code: 'work-limit' });
  });

  it('is shared by the schedulers, so that it does not matter who runs first, or where', () => {
    expect(shared(few, 4)).toEqual({ steps: 15_000, gaps: 1000 });
    expect(shared(NO_LIMITS, 4)).toEqual({ steps: Infinity, gaps: Infinity });
  });

  it('says what all of it would take, in proportion', async () => {
    const text = `
engine: { maxBatchTokens: 1 }
schedulers: [ fifo ]
workload: [ { generate: { count: 50, arrivals: { process: poisson, rate: 1 }, class: low, promptTokens: 5000, outputTokens: 1 } } ]`;
    expect((await refusal(run(text))).help).toMatch(/^by then (5|6) of 50 requests had finished, so that all would take about (600|500),000;/);
    await expect(run(text, { ...few, steps: 600_000 })).resolves.toMatchObject({ runs: [{ scheduler: 'fifo' }] });
  });

  it('holds while the pace of a load is looked for', async () => {
    const text = `
engine: { maxBatchTokens: 1 }
workload: [ { generate: { count: 50, arrivals: { process: poisson, load: 0.5 }, class: low, promptTokens: 1000, outputTokens: 1 } } ]`;
    const { message } = await refusal(run(text));
    expect(message).toMatch(/^workload\[0\]\.generate\.arrivals\.load: looking for the pace that has this load takes more than/);
  });

  it('has room for gaps of so many lengths', async () => {
    const { message, help } = await refusal(run(ENDLESS['steps that all differ']!.replace('1ns', '1us'), { ...few, steps: Infinity, gaps: 2 ** 17 }));
    expect(message).toMatch(/^engine: the run under fifo has gaps between tokens of so many lengths that counting them takes more than 1 MiB/);
    expect(help).toContain('--no-limit');
  });
});

describe('the size of workloads', () => {
  it.each([
    ['count: 101, arrivals: { process: poisson, rate: 1 }', 'workload[0].generate.count: with 101 requests from here the workload would have 101; it may have 100'],
    ['duration: 102s, arrivals: { process: constant, rate: 1 }', 'workload[0].generate.duration: with 102 requests from here the workload would have 102; it may have 100'],
  ])('is known before anything is drawn: %s', async (how, message) => {
    const scenario = scenarioOf(`workload: [ { generate: { ${how}, class: low, outputTokens: 1 } } ]`);
    expect(await refusal(workloadOf(scenario, noFiles, { limits: few }))).toMatchObject({ message, help: expect.stringContaining('--no-limit') });
    expect((await workloadOf(scenario, noFiles)).table.count).toBeGreaterThan(100);
  });

  it('is that of the rows of a trace, however well they are packed', async () => {
    const packed = gzipSync(`TIMESTAMP,ContextTokens,GeneratedTokens\n${'2023-11-16 18:15:46,1,1\n'.repeat(101)}`);
    const files: FileAccess = { async *open() { yield packed; } };
    const scenario = scenarioOf('classes: { a: { priority: 1 } }\nworkload: [ { trace: { file: t.csv } } ]');
    expect(await refusal(workloadOf(scenario, files, { limits: few }))).toMatchObject({ message: 'holds more than 100 rows', help: expect.stringContaining('--no-limit') });
    expect((await workloadOf(scenario, files)).table.count).toBe(101);
  });

  it('is at most what memory can be addressed for', () => {
    expect(LIMITS.requests).toBeLessThan(NO_LIMITS.requests);
    const loaded = loadScenario('workload: [ { generate: { count: 100000001, arrivals: { process: poisson, rate: 1 }, class: low, outputTokens: 1 } } ]', 'x.yaml');
    expect('faults' in loaded && loaded.faults[0]!.message).toContain('must be');
  });
});
