/** Questions that people asked in public threads, each with the right value: by hand, by theory, or by an independent stepper. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOWHERE } from '../cli/checking.ts';
import { workspace, type Workspace } from '../cli/sched.ts';

const text = (name: string): string => readFileSync(join(import.meta.dirname, `${name}.yaml`), 'utf8');

let at: Workspace;
beforeAll(() => {
  at = workspace();
});
afterAll(() => at.remove());

const check = (name: string, ...args: readonly string[]) => {
  at.write(`${name}.yaml`, text(name));
  return at.sched(['check', `${name}.yaml`, ...args], { env: NOWHERE });
};
const offeredLoad = (scenario: string): number => {
  at.write('load.yaml', scenario);
  const { runs } = JSON.parse(at.sched(['simulate', 'load.yaml', '--scheduler', 'fifo', '--format', 'json']).out) as { runs: { engine: { offeredLoad: number } }[] };
  return runs[0]!.engine.offeredLoad;
};

/** Cases whose expectations hold, to the microsecond where the model is exact. */
const HELD = [
  'one-urgent-among-thirty', 'offline-whole-prompts', 'offline-chunks', 'kv-chunk-admission', 'kv-full-length-admission', 'gate-without-data',
  'preemptive-machine', 'head-of-line-budget', 'speech-streams', 'bench-with-a-concurrency-cap', 'urgent-against-a-full-budget', 'which-victim',
];

it('the right values of every question hold', () => {
  for (const name of HELD) at.write(`${name}.yaml`, text(name));
  const { code, out } = at.sched(['check', ...HELD.map((name) => `${name}.yaml`)], { env: NOWHERE });
  expect(out.match(/^PASS/gm)).toHaveLength(HELD.length);
  expect(code, out).toBe(0);
});

describe('an answer of one token', () => {
  it('keeps no TPOT target and breaks none: nothing can be decided', () => {
    expect(check('one-token-answers').code).toBe(2);
    const { runs } = JSON.parse(at.sched(['simulate', 'one-token-answers.yaml', '--format', 'json']).out) as {
      runs: { all: { sla: { attainment: null; met: number; byTarget: { tpot: null } } } }[];
    };
    expect(runs[0]!.all.sla).toMatchObject({ attainment: null, met: 0, byTarget: { tpot: null } });
  });
});

describe('offered load', () => {
  it('of a server that idles is low, and nobody speaks of overload', () => {
    const load = offeredLoad(text('offered-load-at-low-load'));
    expect(load).toBeGreaterThan(0.1);
    expect(load).toBeLessThan(0.3);
    expect(at.sched(['compare', 'load.yaml']).out).not.toContain('Overload');
  });

  it('rises with the rate, and crosses 1 where the server cannot keep up', () => {
    const loads = [2, 6, 10, 14, 20].map((rate) => offeredLoad(text('peak-rate-under-slo').replace('rate: 10', `rate: ${rate}`)));
    expect(loads).toEqual(loads.toSorted((a, b) => a - b));
    // Per request 150 tokens at a share of a full step, and 600 of a prompt: between 14 and 20 a second.
    expect(loads[3]).toBeLessThan(1);
    expect(loads[4]).toBeGreaterThan(1);
  });
});

it('the peak rate under an SLO lies between 6 and 10 a second', () => {
  at.write('six.yaml', text('peak-rate-under-slo').replace('rate: 10', 'rate: 6'));
  expect(at.sched(['check', 'six.yaml'], { env: NOWHERE }).code).toBe(0);
  expect(check('peak-rate-under-slo').code).toBe(1);
});

it('thresholds on nothing are not decided, and exactly the threshold is not more than it', () => {
  expect(check('gate-without-data', '--expect', 'rare.latency.p95 < 1s').code).toBe(2);
  expect(check('gate-without-data', '--expect', 'chat.sla.attainment >= 99%').code).toBe(1);
  expect(check('gate-without-data', '--expect', 'exact.sla.attainment > 95%').code).toBe(1);
});

it('41 streams do not keep up where 40 do', () => {
  at.write('41.yaml', text('speech-streams').replace('count: 40', 'count: 41').replace('size: 40', 'size: 41'));
  expect(at.sched(['check', '41.yaml'], { env: NOWHERE }).code).toBe(1);
});

it('a key that there is not is a fault at its place', () => {
  const { code, err, out } = check('queue-of-one');
  expect(code).toBe(2);
  expect(out + err).toContain('engine.maxQueue');
});
