/** The outside oracles once more, as a user would meet them: through the command line and its files. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { policyNamed } from '../../src/schedulers/index.ts';
import { THOROUGH } from '../support.ts';

const ORACLES = join(import.meta.dirname, '../oracles');
const SCHED = join(import.meta.dirname, '../../bin/sched.js');
const folder = mkdtempSync(join(tmpdir(), 'sched-oracles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = promisify(execFile);
const seconds = (micros: number): string => (micros / 1e6).toString();

async function simulate(name: string, scenario: unknown, flag: '--requests' | '--steps'): Promise<string> {
  const file = join(folder, `${name}.json`);
  const output = join(folder, `${name}.${flag.slice(2)}.jsonl`);
  writeFileSync(file, JSON.stringify(scenario));
  await run(process.execPath, [SCHED, 'simulate', file, flag, output, '--quiet']);
  return readFileSync(output, 'utf8');
}

const rowsOf = (text: string): Record<string, unknown>[] => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

interface SeedCase {
  readonly id: string;
  readonly policy: string;
  readonly engine: { readonly maxBatchSize: number; readonly stepTime: string; readonly tokenTimeUs: number };
  readonly requests: readonly { id: string; arrivalUs: number; priority: number; outputTokens: number; slaUs: number | null }[];
  readonly expected: readonly { id: string; startUs: number; firstTokenUs: number; finishUs: number; preemptions: number }[];
}

const SCHEDULERS: Readonly<Record<string, unknown>> = {
  fifo: 'fifo', priority: 'priority', 'priority-preempt': { policy: 'priority', preempt: true }, edf: 'edf', sjf: 'sjf', srpt: 'srpt',
};

/** All of them are tested in the process (test/oracles); one in so many through the command line too. */
const sampled = <Case>(cases: readonly Case[], every: number): Case[] => cases.filter((_, index) => THOROUGH || index % every === 0);

const seedCases = (JSON.parse(readFileSync(join(ORACLES, 'seed-schedules.json'), 'utf8')) as { cases: SeedCase[] }).cases;

describe('the notebook on a virtual clock, to the microsecond', () => {
  it.each(seedCases.filter(({ policy }) => policy in SCHEDULERS).map((c) => [c.id, c] as const))('%s', async (id, test) => {
    const priorities = [...new Set(test.requests.map((r) => r.priority))].sort();
    const text = await simulate(id, {
      name: id,
      engine: { maxBatchSize: test.engine.maxBatchSize, stepTime: { model: test.engine.stepTime, tokenTime: `${test.engine.tokenTimeUs}us` } },
      classes: Object.fromEntries(priorities.map((priority) => [`p${priority}`, { priority }])),
      workload: [{
        requests: test.requests.map((r) => ({
          id: r.id, at: `${r.arrivalUs}us`, class: `p${r.priority}`, outputTokens: r.outputTokens, ...(r.slaUs !== null && { sla: { latency: `${r.slaUs}us` } }),
        })),
      }],
      schedulers: [SCHEDULERS[test.policy]],
    }, '--requests');
    const sla = new Map(test.requests.map((r) => [r.id, r]));
    const expected = test.expected.map((e) => {
      const { arrivalUs, slaUs } = sla.get(e.id)!;
      return {
        id: e.id, admitted: e.startUs / 1e6, firstToken: e.firstTokenUs / 1e6, finish: e.finishUs / 1e6, status: 'completed', preemptions: e.preemptions,
        slaMet: slaUs === null ? null : e.finishUs - arrivalUs <= slaUs,
      };
    });
    const found = rowsOf(text).map(({ id: request, admitted, firstToken, finish, status, preemptions, slaMet }) => ({
      id: request, admitted, firstToken, finish, status, preemptions, slaMet,
    }));
    expect(found.toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual(expected.toSorted((a, b) => Number(a.id) - Number(b.id)));
  });
});

interface VllmCase {
  readonly name: string;
  readonly config: Readonly<Record<string, number | boolean | string>>;
  readonly clock: { readonly mode: string; readonly cost: { base_us: number; per_token_us: number; per_seq_us: number } };
  readonly requests: readonly { id: string; arrival_us: number; arrival_time: number; prompt_tokens: number; output_tokens: number; priority: number }[];
  readonly steps: readonly [number, number, number, [string, number][], string[], string[], string[], number][];
}

/** A scenario can express a log on the microsecond clock whose arrival times rank requests as they arrive. */
const isExpressible = ({ clock, requests }: VllmCase): boolean =>
  clock.mode === 'time' && requests.every((r, i) => i === 0 || (r.arrival_us >= requests[i - 1]!.arrival_us && r.arrival_time >= requests[i - 1]!.arrival_time));

const vllmCases = readdirSync(join(ORACLES, 'vllm'))
  .flatMap((file) => (JSON.parse(gunzipSync(readFileSync(join(ORACLES, 'vllm', file))).toString('utf8')) as { cases: VllmCase[] }).cases)
  .filter(isExpressible);

describe("vLLM's scheduler log through --steps", () => {
  it.each(sampled(vllmCases, 4).map((c) => [c.name, c] as const))('%s', async (name, { config, clock, requests, steps }) => {
    const text = await simulate(name, {
      name,
      engine: {
        maxBatchSize: config.max_num_seqs, maxBatchTokens: config.max_num_batched_tokens, chunkedPrefill: config.enable_chunked_prefill,
        longPrefillThreshold: config.long_prefill_token_threshold, maxModelLength: config.max_model_len, overlong: 'truncate',
        kvCache: {
          blockSize: config.block_size, blocks: (config.num_gpu_blocks as number) - 1, watermark: config.watermark,
          admission: config.scheduler_reserve_full_isl ? 'full-length' : 'chunk',
        },
        asyncScheduling: config.async_scheduling,
        stepTime: { model: 'linear', base: `${clock.cost.base_us}us`, perToken: `${clock.cost.per_token_us}us`, perSequence: `${clock.cost.per_seq_us}us` },
      },
      classes: Object.fromEntries([...new Set(requests.map((r) => r.priority))].map((priority) => [`p${priority}`, { priority }])),
      workload: [{
        requests: requests.map((r) => ({
          id: r.id, at: `${r.arrival_us}us`, class: `p${r.priority}`, promptTokens: r.prompt_tokens, outputTokens: r.output_tokens,
        })),
      }],
      schedulers: [config.policy === 'fcfs' ? 'fifo' : 'priority'],
    }, '--steps');
    expect(rowsOf(text).map((s) => [s.step, s.start, s.end, s.scheduled, s.preempted, s.sampled, s.finished, s.freeBlocks])).toEqual(
      steps.map(([step, start, end, ...rest]) => [step, Number(seconds(start)), Number(seconds(end)), ...rest]),
    );
  });

  it('has cases to run', () => {
    expect(vllmCases.length).toBeGreaterThan(30);
  });
});

type Scheduler = Readonly<Record<string, unknown>> & { readonly policy: string; readonly name: string };
type Outcome = readonly [id: string, admitted: number | null, firstToken: number | null, finish: number | null, shedReason: string | null, preemptions: number];

interface PolicyCase {
  readonly scenario: Readonly<Record<string, unknown>> & { readonly name: string; readonly schedulers: readonly Scheduler[] };
  readonly expected: Readonly<Record<string, readonly Outcome[]>>;
}

/** Whether the policy is there, with every option that is given. */
function isKnown(scheduler: Scheduler): boolean {
  const definition = policyNamed(scheduler.policy);
  return definition !== undefined && Object.keys(scheduler).every((key) => key === 'policy' || key === 'name' || key in definition.options);
}

const policyCases = readdirSync(join(ORACLES, 'policies'))
  .flatMap((file) => (JSON.parse(gunzipSync(readFileSync(join(ORACLES, 'policies', file))).toString('utf8')) as { cases: PolicyCase[] }).cases)
  .map((test) => ({ ...test, schedulers: test.scenario.schedulers.filter(isKnown) }))
  .filter(({ schedulers }) => schedulers.length > 0);

describe('the policies, to the microsecond', () => {
  const micros = (time: unknown): number | null => (typeof time === 'number' ? Math.round(time * 1e6) : null);

  it.each(sampled(policyCases, 5).map((c) => [c.scenario.name, c] as const))('%s', async (name, { scenario, schedulers, expected }) => {
    const rows = rowsOf(await simulate(name, { ...scenario, schedulers }, '--requests'));
    const byId = (a: readonly unknown[], b: readonly unknown[]): number => String(a[0]).localeCompare(String(b[0]));
    for (const { name: scheduler } of schedulers) {
      const found = rows.filter((row) => row.scheduler === scheduler)
        .map(({ id, admitted, firstToken, finish, preemptions }) => [id, micros(admitted), micros(firstToken), micros(finish), preemptions]);
      const right = expected[scheduler]!.map(([id, admitted, firstToken, finish, , preemptions]) => [id, admitted, firstToken, finish, preemptions]);
      expect(found.toSorted(byId), scheduler).toEqual(right.toSorted(byId));
    }
  });

  it('have cases to run', () => {
    expect(policyCases.flatMap(({ schedulers }) => schedulers).length).toBeGreaterThanOrEqual(96);
  });
});
