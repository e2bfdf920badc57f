/**
 * What every policy of the project keeps, in every world: skipping changes nothing, nobody is lost or served twice, and in
 * the limit where it has nothing to go by it is the policy that it is built on.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../src/engine/options.ts';
import { type Outcomes, Status, type StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import type { RequestClass } from '../../src/workload/request-table.ts';
import { policyOf, type Row, stepTimeOf, tableOf, THOROUGH } from '../support.ts';
import { CLASSES, engines, slotEngines, TENANTS, workloads } from './scenario-arbitrary.ts';

type Named = readonly [policy: string, options: Record<string, unknown>];

const roomy = engines.map(({ kvCache: _kvCache, ...options }) => options as EngineOptions);

/** Times of these worlds are tens of microseconds. */
const NAMED: readonly Named[] = [
  ['aging', { promoteAfter: '150us' }], ['aging', { rule: 'proportional' }],
  ['edf', {}], ['edf', { preempt: true }], ['edf', { target: 'ttft', preempt: true }],
  ['slack', {}], ['slack', { preempt: true }], ['slack', { preempt: true, minGap: '30us' }], ['slack', { preempt: true, minGap: '0s', target: 'ttft' }],
  ['sjf', {}], ['sjf', { prediction: { buckets: [3, 20] } }], ['sjf', { prediction: { error: 0.7 } }],
  ['srpt', {}], ['srpt', { prediction: { constant: 20 } }],
  ['mlfq', { base: '60us', levels: 4, promoteAfter: '400us' }], ['mlfq', { base: '20us', ratio: 1.5, promoteAfter: '90us' }],
  ['hrrn', {}], ['lcfs', {}],
  ['vtc', {}], ['vtc', { weights: { x: 0.5, y: 3 } }], ['vtc', { by: 'class' }],
  ['drr', { quantum: 15 }], ['drr', { by: 'class', quantum: 2.5, weights: { c1: 3 } }],
  ['wrr', {}], ['wrr', { weights: { x: 3 } }],
  ['quota', { slots: { c0: 1, c1: 2, c2: 1, c3: 1 } }], ['quota', { shares: { c1: 3, c2: 1 }, borrow: true }],
  ['headroom', { ceilings: { c0: 0.5, c3: '30%' } }],
  ['priority', { within: 'vtc', preempt: true }], ['priority', { within: 'slack' }], ['priority', { within: { policy: 'hrrn' }, preempt: true }],
];

/** Some with targets, some without; weights differ. */
const WITH_TARGETS: readonly RequestClass[] = CLASSES.map((c, i) => ({ ...c, weight: [1, 4, 2, 1][i]!, sla: [{ latency: 900 }, { latency: 300, ttft: 100 }, {}, { ttft: 500 }][i]! }));

function run(rows: readonly Row[], options: EngineOptions, [policy, settings]: Named, classes = WITH_TARGETS, steps?: StepRecord[]): Outcomes {
  const table = tableOf(rows, classes, TENANTS);
  return simulate(table, options, stepTimeOf(options), policyOf(policy, table, settings, options.maxBatchSize), {
    onStep: steps && ((step) => steps.push(step)), limits: { steps: 200_000, gaps: 2 ** 20 },
  });
}

/**
 * Who is evicted may be the more urgent for what he has to compute again, or comes up after a while: two that are evicted
 * before their prompts are computed may take turns for ever. These are looked at where nothing is lost.
 */
const takesTurns = ([policy, { preempt }]: Named): boolean => policy === 'mlfq' || (policy === 'slack' && preempt === true);

const titled = NAMED.map((each) => [JSON.stringify(each), each] as const);
const numRuns = THOROUGH ? 1000 : 12;

describe.each(titled)('%s', (_title, named) => {
  it('gives the same whether equal steps are taken together or one by one, and serves everybody once', () => {
    fc.assert(fc.property(fc.oneof(takesTurns(named) ? roomy : engines, slotEngines), workloads, (options, rows) => {
      const skipping = run(rows, options, named);
      const steps: StepRecord[] = [];
      expect(run(rows, options, named, WITH_TARGETS, steps)).toEqual(skipping);
      const tokens = new Float64Array(rows.length);
      for (const { sampled } of steps) for (const request of sampled) tokens[request]!++;
      expect(skipping.status).not.toContain(Status.unfinished);
      expect(Array.from(tokens)).toEqual(Array.from(skipping.outputTokens, (output, i) => (skipping.status[i] === Status.completed ? output : 0)));
    }), { numRuns });
  });
});

describe('in the limit', () => {
  const alike = CLASSES.map((c) => ({ ...c, priority: 1, sla: { latency: 500 } }));
  const equal = (rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, output: 9 }));
  const together = (rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, tenant: 0 }));
  const same = (rows: readonly Row[]): readonly Row[] => rows;
  const LIMITS: readonly (readonly [title: string, of: Named, is: Named, rows: (rows: readonly Row[]) => readonly Row[], classes: readonly RequestClass[]])[] = [
    ['equal deadlines: edf is fifo', ['edf', {}], ['fifo', {}], same, alike],
    ['equal lengths: sjf is fifo', ['sjf', {}], ['fifo', {}], equal, CLASSES],
    ['a constant prediction: sjf is fifo', ['sjf', { prediction: { constant: 7 } }], ['fifo', {}], same, CLASSES],
    ['an error of 0: sjf knows', ['sjf', { prediction: { error: 0 } }], ['sjf', {}], same, CLASSES],
    ['equal lengths: hrrn is fifo', ['hrrn', {}], ['fifo', {}], equal, CLASSES],
    ['one tenant: vtc is fifo', ['vtc', {}], ['fifo', {}], together, CLASSES],
    ['one tenant: drr is fifo', ['drr', {}], ['fifo', {}], together, CLASSES],
    ['one tenant: wrr is fifo', ['wrr', {}], ['fifo', {}], together, CLASSES],
    ['one priority: aging is fifo', ['aging', {}], ['fifo', {}], same, alike],
    ['promotion that takes for ever: aging is priority', ['aging', { promoteAfter: '1h' }], ['priority', {}], same, CLASSES],
    ['no ceilings: headroom is priority', ['headroom', {}], ['priority', {}], same, CLASSES],
    ['within fifo: priority is priority', ['priority', { within: 'fifo' }], ['priority', {}], same, CLASSES],
  ];

  it.each(LIMITS)('%s', (_title, of, is, change, classes) => {
    // Where blocks run short, who gives way is a matter of its own.
    fc.assert(fc.property(roomy, workloads, (options, rows) => {
      expect(run(change(rows), options, of, classes)).toEqual(run(change(rows), options, is, classes));
    }), { numRuns });
  });

  it('an infinite quantum: mlfq is fifo', () => {
    fc.assert(fc.property(slotEngines, workloads, (options, rows) => {
      expect(run(rows, options, ['mlfq', { base: '10h', promoteAfter: '10h' }])).toEqual(run(rows, options, ['fifo', {}]));
    }), { numRuns });
  });
});
