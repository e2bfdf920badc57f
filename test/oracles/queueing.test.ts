/**
 * The simulator against queueing theory: every case that fifo and priority can express, from the scenario
 * text to the outcomes, within the tolerance that comes with the case.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RequestOutcomes } from '../../src/engine/outcomes.ts';
import { runScenario } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { noFiles } from '../../src/workload/files.ts';
import type { RequestTable } from '../../src/workload/request-table.ts';

type PerClass = number | Readonly<Record<string, number>>;

interface Lengths {
  readonly dist: 'constant' | 'uniform_int' | 'geometric';
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
}

interface Case {
  readonly id: string;
  readonly engine: { readonly max_batch_size: number; readonly token_time: number; readonly step_curve: string; readonly policy: string; readonly preemption: string };
  readonly workload: { readonly classes: readonly { readonly name: string; readonly rate: number; readonly output_tokens: Lengths }[] };
  readonly expected: Readonly<Record<string, PerClass>>;
  readonly tolerance: { readonly for_200k_requests_abs: Readonly<Record<string, { readonly wait: number; readonly latency: number }>> };
}

const REQUESTS = Number(process.env.SCHED_QUEUEING_REQUESTS ?? 100_000);
const WARM_UP = 0.02;

const { cases } = JSON.parse(readFileSync(`${import.meta.dirname}/queueing.json`, 'utf8')) as { cases: readonly Case[] };
const expressible = cases.filter(({ id, engine }) => /^(fifo|priority)( |$)/.test(engine.policy ?? '') && !id.startsWith('queue_'));

function lengths({ dist, value, min, max, mean }: Lengths): unknown {
  if (dist === 'constant') return value;
  return dist === 'geometric' ? { distribution: 'geometric', mean } : { distribution: 'uniform', min, max };
}

/** The case as a scenario: one Poisson source per class, of a length that gives all of them together REQUESTS. */
function scenarioOf({ id, engine, workload }: Case): string {
  const rate = workload.classes.reduce((sum, c) => sum + c.rate, 0);
  const tokenTime = `${engine.token_time}s`;
  return JSON.stringify({
    name: id,
    // One seed per case, all different.
    seed: `queueing ${id}`,
    engine: {
      maxBatchSize: engine.max_batch_size,
      stepTime: engine.step_curve === 'seed' ? { model: 'log-efficiency', tokenTime } : { model: 'constant', tokenTime },
    },
    classes: Object.fromEntries(workload.classes.map(({ name }, i) => [name, { priority: i }])),
    workload: workload.classes.map(({ name, rate: classRate, output_tokens }) => ({
      generate: {
        name,
        duration: `${REQUESTS / rate}s`,
        arrivals: { process: 'poisson', rate: classRate },
        class: name,
        outputTokens: lengths(output_tokens),
      },
    })),
    schedulers: [{ policy: engine.policy.split(' ')[0], ...(/token-boundary/.test(engine.preemption) && { preempt: true }) }],
  });
}

interface Means {
  readonly wait: number;
  readonly latency: number;
  readonly ttft: number;
}

/** Mean seconds of the requests of one class (or all), without the warm-up. */
function means(table: RequestTable, outcomes: RequestOutcomes, name: string): Means {
  const wanted = table.classes.findIndex((c) => c.name === name);
  let n = 0;
  const sums = { wait: 0, latency: 0, ttft: 0 };
  for (let i = Math.ceil(table.count * WARM_UP); i < table.count; i++) {
    if (wanted >= 0 && table.class[i] !== wanted) continue;
    n++;
    sums.wait += outcomes.admitted[i]! - table.arrival[i]!;
    sums.latency += outcomes.finish[i]! - table.arrival[i]!;
    sums.ttft += outcomes.firstToken[i]! - table.arrival[i]!;
  }
  return { wait: sums.wait / n / 1e6, latency: sums.latency / n / 1e6, ttft: sums.ttft / n / 1e6 };
}

async function simulated(test: Case): Promise<{ table: RequestTable; outcomes: RequestOutcomes }> {
  const loaded = loadScenario(scenarioOf(test), `${test.id}.json`);
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
  const found: RequestOutcomes[] = [];
  const { workload } = await runScenario(loaded.scenario, { files: noFiles, onRun: (_run, _table, outcomes) => { found.push(outcomes); } });
  return { table: workload.table, outcomes: found[0]! };
}

/** Expected values by class and figure; a limit gives way to the value that is exact for steps. */
function expectedOf({ expected, workload }: Case): [string, keyof Means, number][] {
  const figures: readonly [keyof Means, string][] = [
    ['wait', expected.mean_wait_exact_engine !== undefined ? 'mean_wait_exact_engine' : 'mean_wait'],
    ['wait', 'mean_wait_to_first_start'],
    ['wait', 'mean_wait_overall'],
    ['latency', expected.mean_latency_exact_engine !== undefined ? 'mean_latency_exact_engine' : 'mean_latency'],
    ['latency', 'mean_latency_overall'],
    ['ttft', 'mean_ttft'],
  ];
  return figures.flatMap(([figure, key]) => {
    const value = expected[key];
    if (value === undefined) return [];
    if (typeof value === 'number') return [['ALL', figure, value] as [string, keyof Means, number]];
    return workload.classes.map(({ name }) => [name, figure, value[name]!] as [string, keyof Means, number]);
  });
}

describe.each(expressible.map((test) => [test.id, test] as const))('%s', (_id, test) => {
  it('agrees with theory', async () => {
    const { table, outcomes } = await simulated(test);
    const scale = Math.sqrt(200_000 / REQUESTS);
    const misses = expectedOf(test).flatMap(([name, figure, value]) => {
      const tolerance = test.tolerance.for_200k_requests_abs[name];
      if (!tolerance) return [];
      const measured = means(table, outcomes, name)[figure];
      // A first token ends the first step: TTFT varies as the wait does.
      const allowed = (figure === 'latency' ? tolerance.latency : tolerance.wait) * scale;
      return Math.abs(measured - value) <= allowed ? [] : [`${name} ${figure}: ${measured} is not ${value} ± ${allowed}`];
    });
    expect(misses).toEqual([]);
  });
});

describe('the cases', () => {
  it('are those that fifo and priority can express, on both curves', () => {
    expect(expressible.map(({ id }) => id)).toEqual(expect.arrayContaining([
      'md1_fifo_rho0.7', 'cobham_np_3class_uniform_rho0.75', 'preempt_resume_3class_hetero', 'batch_const_B4_lam3',
      'batch_seed_B6_lam10_geo12', 'bulk_service_seed_B8_one_token', 'batch_seed_B4_priority_preempt',
    ]));
    expect(expressible).toHaveLength(14);
  });
});

describe('a deterministic case: k requests at once in k slots', () => {
  it('finish as the sum of shrinking batches', async () => {
    const { simultaneous_batch: example } = (JSON.parse(readFileSync(`${import.meta.dirname}/queueing.json`, 'utf8')) as {
      metric_examples: { simultaneous_batch: { lengths: number[]; finish: number[] } };
    }).metric_examples;
    const requests = example.lengths.map((outputTokens) => ({ at: '0s', class: 'high', outputTokens }));
    const loaded = loadScenario(JSON.stringify({ name: 'batch', workload: [{ requests }], schedulers: ['fifo'] }), 'batch.json');
    if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
    let finish: number[] = [];
    await runScenario(loaded.scenario, { files: noFiles, onRun: (_run, _table, outcomes) => { finish = Array.from(outcomes.finish, (t) => t / 1e6); } });
    // Each of up to 20 steps is rounded to a microsecond.
    finish.forEach((t, i) => expect(Math.abs(t - example.finish[i]!)).toBeLessThanOrEqual(20 * 0.5e-6));
  });
});
