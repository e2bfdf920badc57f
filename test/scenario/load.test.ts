/** What a scenario says, and what it leaves to the defaults. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { STARTER } from '../../src/scenario/starter.ts';
import { WORKLOAD } from './marked.ts';

function load(text: string, file = 'scenarios/tiny.yaml'): Scenario {
  const loaded = loadScenario(text, file);
  if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  expect(loaded.warnings).toEqual([]);
  return loaded.scenario;
}

describe('a scenario with nothing but a workload', () => {
  const scenario = load(WORKLOAD);

  it('has the seed model, three classes without targets, and fifo against priority', () => {
    expect(scenario).toMatchObject({
      version: 1,
      name: 'tiny',
      file: 'scenarios/tiny.yaml',
      seed: '0',
      engine: {
        maxBatchSize: 8, batching: 'continuous', chunkedPrefill: true, longPrefillThreshold: 0, overlong: 'shed', asyncScheduling: false,
        stepTime: { model: 'log-efficiency', tokenTime: 50_000, slope: 0.1, floor: 0.5 },
      },
      classes: [
        { name: 'high', priority: 1, weight: 1, sla: {} },
        { name: 'medium', priority: 2, weight: 1, sla: {} },
        { name: 'low', priority: 3, weight: 1, sla: {} },
      ],
      schedulers: [{ policy: 'fifo', name: 'fifo', options: {} }, { policy: 'priority', name: 'priority', options: { preempt: false } }],
      expect: [],
      baseline: { tolerance: {} },
    });
    expect(scenario.engine.maxBatchTokens).toBeUndefined();
    expect(scenario.engine.kvCache).toBeUndefined();
  });

  it('from standard input has no file', () => {
    expect(load(WORKLOAD, '-')).toMatchObject({ file: null, name: 'standard input' });
  });
});

describe('seeds are compared as texts', () => {
  it.each([['42', '42'], ['"42"', '42'], ['chat run', 'chat run'], ['0.5', '0.5'], ['-1', '-1'], ['""', ''], ['2026-11-24', '2026-11-24']])('%s', (written, seed) => {
    expect(load(`seed: ${written}\n${WORKLOAD}`).seed).toBe(seed);
  });
});

it('classes keep the order of the file', () => {
  const names = ['zeta', 'x10', 'alpha', 'x9', 'high'];
  const text = `classes:\n${names.map((name, i) => `  ${name}: { priority: ${i} }\n`).join('')}${WORKLOAD}`;
  expect(load(text).classes.map(({ name }) => name)).toEqual(names);
});

it('schedulers are names, or maps with options; options are validated and filled in', () => {
  const text = `schedulers: [fifo, { policy: priority, name: eager, preempt: true }]\n${WORKLOAD}`;
  expect(load(text).schedulers).toEqual([
    { policy: 'fifo', name: 'fifo', options: {} },
    { policy: 'priority', name: 'eager', options: { preempt: true, minGap: 0 } },
  ]);
});

it('expectations are texts, or maps with a level', () => {
  const text = `expect:\n  - makespan < 5s\n  - { that: steps < 9, level: warn }\nbaseline: { tolerance: { latency.p99: 5% } }\n${WORKLOAD}`;
  expect(load(text)).toMatchObject({
    expect: [{ that: 'makespan < 5s', level: 'error' }, { that: 'steps < 9', level: 'warn' }],
    baseline: { tolerance: { 'latency.p99': '5%' } },
  });
});

it('targets are in microseconds', () => {
  const text = `classes: { high: { priority: 1, weight: 2.5, sla: { latency: 2s, ttft: 1.5ms, tpot: 60us } } }\n${WORKLOAD}`;
  expect(load(text).classes).toEqual([{ name: 'high', priority: 1, weight: 2.5, sla: { latency: 2_000_000, ttft: 1500, tpot: 60 } }]);
});

it('a preset lies beneath what the engine says', () => {
  const { engine } = load(`engine: { preset: vllm, maxBatchSize: 3 }\n${WORKLOAD}`);
  expect(engine.preset).toBe('vllm');
  expect(engine.maxBatchSize).toBe(3);
  expect(engine.maxBatchTokens).toBeGreaterThan(0);
});

it('a map may be repeated by an alias', () => {
  const { classes } = load(`classes:\n  high: { priority: 1, sla: &fast { latency: 1s } }\n  low: { priority: 2, sla: *fast }\nworkload: [ { generate: { count: 2, arrivals: { process: poisson, rate: 1 }, class: { high: 1, low: 1 }, outputTokens: 1 } } ]\n`);
  expect(classes[1]!.sla).toEqual(classes[0]!.sla);
});

it('the scenario that sched init writes is valid, and names what it shows', () => {
  const scenario = load(STARTER);
  expect(scenario.classes.map(({ name }) => name)).toEqual(['high', 'low']);
  expect(scenario.schedulers).toHaveLength(3);
});

describe('what scenarios share', () => {
  const shared = `
x-class: &class { priority: 1, sla: { latency: 10s } }
x-generate: &generate { count: 3, arrivals: { process: poisson, rate: 2 }, outputTokens: 9 }
classes: { high: { priority: 5, <<: *class }, low: { <<: *class, priority: 2 } }
workload:
  - generate: { <<: *generate, class: high }
  - generate: { <<: [{ name: b, count: 7 }, *generate], class: low }
`;

  it('stands under keys that begin with x-, and is merged in where it is wanted: what is said there wins, then the first', () => {
    const scenario = load(shared);
    expect(scenario.classes).toMatchObject([{ name: 'high', priority: 5, sla: { latency: 10e6 } }, { name: 'low', priority: 2, sla: { latency: 10e6 } }]);
    expect(scenario.sources).toMatchObject([{ generate: { count: 3, outputTokens: 9, class: 'high' } }, { generate: { name: 'b', count: 7, outputTokens: 9, class: 'low' } }]);
  });

  it('is as if it were written out', () => {
    const out = `
classes: { high: { priority: 5, sla: { latency: 10s } }, low: { sla: { latency: 10s }, priority: 2 } }
workload:
  - generate: { count: 3, arrivals: { process: poisson, rate: 2 }, outputTokens: 9, class: high }
  - generate: { name: b, count: 7, arrivals: { process: poisson, rate: 2 }, outputTokens: 9, class: low }
`;
    expect(loadScenario(shared, 's.yaml')).toMatchObject({ document: (loadScenario(out, 's.yaml') as { document: object }).document });
  });

  it('cannot reach a prototype', () => {
    for (const text of ['x-a: &a { "__proto__": { polluted: 1 } }\nengine: { <<: *a }\n', 'x-a: &a { constructor: 1 }\nclasses: { <<: *a }\n']) {
      expect(loadScenario(text + WORKLOAD, 's.yaml')).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ code: 'bad-name' })]) as unknown });
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

it('names of classes and schedulers are of any script', () => {
  const { classes, schedulers } = load('classes: { 批处理: { priority: 1 }, élan_2: { priority: 2 } }\nschedulers: [{ policy: fifo, name: первый }]\nworkload: [{ requests: [{ class: 批处理, outputTokens: 5 }] }]\n');
  expect([...classes, ...schedulers].map(({ name }) => name)).toEqual(['批处理', 'élan_2', 'первый']);
});
