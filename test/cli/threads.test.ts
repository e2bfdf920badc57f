/** The number of threads shows in nothing but the time it takes. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { progressLine } from '../../src/cli/io/progress.ts';
import { workspace, type Workspace } from './sched.ts';

let at: Workspace;

/** Enough to be worth a thread; with tenants and targets of their own, so that everything has to cross over. */
const large = (seed: number) => `
seed: ${seed}
engine: { maxBatchSize: 16, maxBatchTokens: 512, kvCache: { blocks: 400 }, stepTime: { model: linear, base: 5ms, perPrefillToken: 10us } }
classes: { high: { priority: 1, sla: { latency: 2s } }, low: { priority: 3, sla: { tpot: 8ms } } }
workload:
  - generate:
      count: 60000
      arrivals: { process: poisson, rate: 200 }
      class: { high: 1, low: 1 }
      tenant: { acme: 1, globex: 2 }
      promptTokens: { distribution: uniform, min: 1, max: 90 }
      outputTokens: { distribution: uniform, min: 1, max: 19 }
  - requests: [{ id: mine, class: high, outputTokens: 3, sla: { ttft: 1s } }]
schedulers: [fifo, { policy: fifo, name: twin }, { policy: priority, preempt: true }]
`;
const BROKEN = 'workload:\n  - generate: { count: 150000, arrivals: { process: poisson, rate: 100 }, class: high, outputTokens: 2 }\n  - trace: { file: nosuch.csv, class: high }\n';

beforeAll(() => {
  at = workspace();
  for (const seed of [1, 2, 3]) at.write(`${seed}.yaml`, large(seed));
  at.write('broken.yaml', BROKEN);
});
afterAll(() => at.remove());

describe('one thread and two', () => {
  it('give the same bytes for the schedulers of one scenario, rows too', () => {
    const outputs = ['1', '2'].map((jobs) => {
      const { code, out, err } = at.sched(['simulate', '1.yaml', '--jobs', jobs, '--format', 'json', '-o', 'r.md', '--requests', 'rows.csv']);
      return { code, err, out, table: readFileSync(at.path('r.md'), 'utf8'), rows: readFileSync(at.path('rows.csv'), 'utf8') };
    });
    expect(outputs[0]).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(outputs[0]!.out).runs[1].sameScheduleAs).toBe('fifo');
    expect(outputs[1]!.rows === outputs[0]!.rows).toBe(true);
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('give the same bytes for several scenarios', () => {
    const [one, two] = ['1', '2'].map((jobs) => at.sched(['compare', '3.yaml', '1.yaml', '2.yaml', '--jobs', jobs]));
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(two).toEqual(one);
  });

  it('find the same fault: the first in order', () => {
    const [one, two] = ['1', '2'].map((jobs) => at.sched(['simulate', '1.yaml', 'broken.yaml', '2.yaml', '--jobs', jobs]));
    expect(one).toMatchObject({ code: 2, out: '', err: expect.stringContaining('broken.yaml:3:') });
    expect(two).toEqual(one);
  });

  it('check alike, also where the first that is not well ends it', () => {
    const runs = ['1', '2'].map((jobs) => at.sched(['check', '1.yaml', '2.yaml', '3.yaml', '--bail', '--expect', 'fifo.high.latency.max < 1us', '--jobs', jobs]));
    expect(runs[0]).toMatchObject({ code: 1, out: expect.stringContaining('2 not run') });
    expect(runs[1]).toEqual(runs[0]);
  });
});

describe('the progress line', () => {
  it('tells requests, rate, time left and virtual time', () => {
    expect(progressLine(500_000, 3_600e6, 2_000_000, 0.5)).toBe('25 %  500,000 of 2,000,000 requests  1,000,000/s  2 s left  virtual time 1 h');
  });

  it('tells no share where the total is not known, and nothing absurd before the first request', () => {
    expect(progressLine(10, 2.5e6, undefined, 1)).toBe('10 requests  10/s  virtual time 2.5 s');
    expect(progressLine(0, 0, 100, 0)).toBe('0 %  0 of 100 requests  0/s  virtual time 0 s');
  });
});
