/** Wherever the replays of a job are done, and in whichever order they end, its result is the same, to the byte. */
import { describe, expect, it } from 'vitest';
import { buffersIn } from '../../src/cli/threads/message.ts';
import { Ordered } from '../../src/cli/threads/ordered.ts';
import { claim, recorder, shareAmong } from '../../src/cli/threads/shared.ts';
import { check } from '../../src/jobs/check.ts';
import { inMemory } from '../../src/jobs/in-memory.ts';
import { loadFiles } from '../../src/jobs/load-files.ts';
import { run } from '../../src/jobs/run.ts';
import type { Pool } from '../../src/jobs/world.ts';
import { jsonText } from '../../src/render/text/json-text.ts';

/** As threads do it: inputs and outputs are copies, and what was begun last ends first. */
const elsewhere: Pool = {
  size: 2,
  async each({ task, inputs, world, take }) {
    const results = new Ordered(inputs.length, take);
    for (const index of inputs.keys()) {
      const at = inputs.length - 1 - index;
      const output = await task.perform(structuredClone(inputs[at]!), world);
      results.add(at, structuredClone(output, { transfer: buffersIn(output) }));
    }
    await results.all();
  },
};

/** Thirty classes are as many as take part in fairness one by one; tenants and targets of their own go along. */
const names = Array.from({ length: 30 }, (_, index) => `c${index}`);
const scenario = (seed: number) => `
seed: ${seed}
engine: { maxBatchSize: 4, maxBatchTokens: 64, kvCache: { blocks: 60 }, stepTime: { model: linear, base: 5ms, perPrefillToken: 10us } }
classes: { ${names.map((name, index) => `${name}: { priority: ${index % 7}, sla: { latency: ${index + 1}s } }`).join(', ')} }
workload:
  - generate:
      count: 300
      arrivals: { process: poisson, rate: 60 }
      class: { ${names.map((name) => `${name}: 1`).join(', ')} }
      tenant: { acme: 1, globex: 2 }
      promptTokens: { distribution: uniform, min: 1, max: 40 }
      outputTokens: { distribution: uniform, min: 1, max: 9 }
  - requests: [ { id: mine, class: c29, outputTokens: 3, sla: { ttft: 1s } } ]
schedulers: [ fifo, { policy: fifo, name: twin }, { policy: priority, preempt: true } ]
`;
const FILES = Object.fromEntries([1, 2, 3].map((seed) => [`${seed}.yaml`, scenario(seed)]));

describe('a job gives the same, done here or elsewhere', () => {
  const here = inMemory(FILES);
  const wanted = { digests: true, percentiles: [99.9], offeredLoad: 'always' } as const;

  it('the runs of one scenario, with the rows of every request', async () => {
    const given = async (pool: Pool) => {
      const rows: unknown[] = [];
      const { scenarios } = await loadFiles(['1.yaml'], here);
      const reports = await run({ scenarios, wanted, onRequests: (of) => void rows.push(...of) }, { ...here, pool });
      return { reports: jsonText(reports), rows: jsonText(rows) };
    };
    const [one, other] = [await given(here.pool), await given(elsewhere)];
    expect(JSON.parse(one.rows)).toHaveLength(3 * 301);
    expect(JSON.parse(one.reports)[0].runs[1].sameScheduleAs).toBe('fifo');
    expect(other.reports === one.reports && other.rows === one.rows).toBe(true);
  });

  it('several scenarios, run and checked', async () => {
    const files = Object.keys(FILES);
    const given = async (pool: Pool) => {
      const { scenarios } = await loadFiles(files, here);
      const world = { ...here, pool };
      return jsonText([await run({ scenarios, wanted }, world), await check({ scenarios: files.map((file) => ({ file, baseline: null })), expect: ['fifo.c3.latency.mean < 1us'] }, world)]);
    };
    expect(await given(elsewhere) === await given(here.pool)).toBe(true);
  });
});

describe('what threads share', () => {
  it('gives every input to one of them', () => {
    const shared = shareAmong(2);
    expect([claim(shared), claim(shared), claim(shared)]).toEqual([0, 1, 2]);
  });

  it('counts the requests of earlier runs of a thread with those of the present one', () => {
    const shared = shareAmong(2);
    const first = recorder(shared, 0);
    const second = recorder(shared, 1);
    for (const [arrived, now] of [[10, 1e6], [100, 9e6], [20, 2e6]] as const) first('fifo', arrived, now);
    second('priority', 7, 5e6);
    expect([[...shared.arrived], [...shared.now]]).toEqual([[120, 7], [2e6, 5e6]]);
    // What the thread does next goes on from there.
    recorder(shared, 0)('fifo', 5, 1e6);
    expect(shared.arrived[0]).toBe(125);
  });
});
