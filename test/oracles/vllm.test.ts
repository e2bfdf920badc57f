/**
 * The engine's decisions against the log of the real vLLM V1 scheduler, step for step.
 *
 * Further files dropped into the folder, or into the one that SCHED_VLLM_ORACLES names, are run as well.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { simulate, type SimulationHooks } from '../../src/engine/simulate.ts';
import type { StepRecord } from '../../src/engine/outcomes.ts';
import type { StepTime } from '../../src/engine/step-time/step-time.ts';
import { orderedBy } from '../../src/schedulers/keyed.ts';
import type { Policy } from '../../src/schedulers/policy.ts';
import type { RequestTable } from '../../src/workload/request-table.ts';
import { classesOf, engineOf, policyOf, tableOf } from '../support.ts';

interface VllmRequest {
  readonly id: string;
  readonly arrival_step?: number;
  readonly arrival_us?: number;
  readonly arrival_time: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  readonly priority: number;
}

interface VllmCase {
  readonly name: string;
  readonly config: Readonly<Record<string, number | boolean | string>>;
  readonly clock: { readonly mode: 'step' | 'time'; readonly cost?: { base_us: number; per_token_us: number; per_seq_us: number } };
  readonly requests: readonly VllmRequest[];
  readonly steps: readonly [number, number | null, number | null, [string, number][], string[], string[], string[], number][];
}

function casesIn(folder: string): [string, VllmCase[]][] {
  return readdirSync(folder)
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      return [name, (JSON.parse(text) as { cases: VllmCase[] }).cases];
    });
}

/** One virtual microsecond per step, a step that schedules nothing included. */
const STEP_CLOCK: StepTime = { usesContext: false, duration: () => 1 };

function engineFor(config: VllmCase['config']) {
  return engineOf({
    maxBatchSize: config.max_num_seqs,
    maxBatchTokens: config.max_num_batched_tokens,
    chunkedPrefill: config.enable_chunked_prefill,
    longPrefillThreshold: config.long_prefill_token_threshold,
    maxModelLength: config.max_model_len,
    overlong: 'truncate',
    asyncScheduling: config.async_scheduling,
    kvCache: {
      blockSize: config.block_size,
      blocks: (config.num_gpu_blocks as number) - 1,
      admission: config.scheduler_reserve_full_isl ? 'full-length' : 'chunk',
      watermark: config.watermark,
    },
  });
}

function stepTimeFor(clock: VllmCase['clock']): StepTime {
  if (!clock.cost) return STEP_CLOCK;
  const { base_us, per_token_us, per_seq_us } = clock.cost;
  return {
    usesContext: false,
    duration: (sequences, prefill, decode) => (sequences === 0 ? 0 : base_us + per_token_us * (prefill + decode) + per_seq_us * sequences),
  };
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * vLLM ranks by (priority, arrival_time, id as a string) and takes the first of equals as victim. In a
 * scenario the arrival is the order of adding and every tie is broken by position, so where a log's
 * arrival_time says otherwise, the same two rules are put over its numbers here.
 */
function policyFor(name: string, requests: readonly VllmRequest[], table: RequestTable): Policy {
  if (name === 'fcfs') return policyOf('fifo', table);
  const policy = policyOf('priority', table);
  const rank = (a: number, b: number): number =>
    compare(requests[a]!.priority, requests[b]!.priority) || compare(requests[a]!.arrival_time, requests[b]!.arrival_time);
  const indices = requests.map((_, i) => i);
  const strict = indices.every((i) => i === 0 || requests[i - 1]!.arrival_time < requests[i]!.arrival_time);
  if (strict) return policy;
  const place = new Map(indices.toSorted((a, b) => rank(a, b) || compare(requests[a]!.id, requests[b]!.id)).map((request, i) => [request, i]));
  return {
    ...policy,
    ...orderedBy((request) => place.get(request)!),
    victim: (running, count) => {
      let worst = 0;
      for (let i = 1; i < count; i++) if (rank(running[i]!, running[worst]!) > 0) worst = i;
      return worst;
    },
  };
}

const time = (r: VllmRequest): number => r.arrival_step ?? r.arrival_us!;

function replay(test: VllmCase, arrivalOf: (r: VllmRequest) => number, hooks: SimulationHooks): StepRecord[] {
  const requests = test.requests.map((r, listing) => ({ ...r, listing })).sort((a, b) => time(a) - time(b) || a.listing - b.listing);
  const priorities = [...new Set(requests.map((r) => r.priority))];
  const rows = requests.map((r) => ({
    id: r.id, arrival: arrivalOf(r), prompt: r.prompt_tokens, output: r.output_tokens, class: priorities.indexOf(r.priority),
  }));
  const table = tableOf(rows, classesOf(priorities));
  const steps: StepRecord[] = [];
  simulate(table, engineFor(test.config), stepTimeFor(test.clock), policyFor(test.config.policy as string, requests, table), {
    ...hooks, onStep: (step) => steps.push(step),
  });
  return steps;
}

/** The log of a test's requests. A log says at whose planning a request is there: its arrivals are stamped at planning. */
function logOf(test: VllmCase, arrivalOf = time, hooks: SimulationHooks = { arrivalsAtPlanning: true }): unknown[] {
  const ids = test.requests.map((r, listing) => ({ ...r, listing })).sort((a, b) => time(a) - time(b) || a.listing - b.listing).map((r) => r.id);
  const named = (requests: readonly number[]): string[] => requests.map((r) => ids[r]!);
  return replay(test, arrivalOf, hooks).map((s) => [
    test.clock.mode === 'step' ? s.start : s.step,
    test.clock.mode === 'step' ? null : s.start,
    test.clock.mode === 'step' ? null : s.end,
    s.scheduled.map(([r, tokens]) => [ids[r]!, tokens]),
    named(s.preempted),
    named(s.sampled),
    named(s.finished),
    s.freeBlocks,
  ]);
}

const folders = [import.meta.dirname + '/vllm', ...(process.env.SCHED_VLLM_ORACLES ? [process.env.SCHED_VLLM_ORACLES] : [])];

describe.each(folders.flatMap(casesIn))('vLLM scheduler log %s', (_file, cases) => {
  it.each(cases.map((c) => [c.name, c] as const))('%s', (_name, test) => {
    expect(logOf(test)).toEqual(test.steps);
  });
});

/** Step s is planned when step s - 1 starts, unless nothing ran then. */
function atPlanning({ steps }: VllmCase): (r: VllmRequest) => number {
  const planned = new Set(steps.map(([step]) => step));
  return (r) => (planned.has(time(r) - 1) ? time(r) - 1 : time(r));
}

/** Steps 0 and 1 of a busy time are planned at one instant: who comes between them cannot be told from who comes before. */
const isOnTimeAxis = (test: VllmCase): boolean => {
  const planned = new Set(test.steps.map(([step]) => step));
  return test.config.async_scheduling === true && test.requests.every((r) => !planned.has(time(r) - 1) || planned.has(time(r) - 2));
};

describe('the asynchronous logs with arrivals at the front, on a time axis', () => {
  it.each(folders.flatMap(casesIn).flatMap(([, cases]) => cases).filter(isOnTimeAxis).map((c) => [c.name, c] as const))('%s', (_name, test) => {
    expect(logOf(test, atPlanning(test), {})).toEqual(test.steps);
  });
});

describe('the copies of the oracles', () => {
  it('hold every case', () => {
    expect(casesIn(folders[0]!).flatMap(([, cases]) => cases)).toHaveLength(303);
  });
});
