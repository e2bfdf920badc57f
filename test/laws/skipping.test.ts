/**
 * The skipping engine and the plain stepper are the same engine: every outcome, every step, every gap, to
 * the microsecond, under every option and policy.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../src/engine/options.ts';
import { type Outcomes, Status, type StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { policyOf, type Row, stepTimeOf, tableOf } from '../support.ts';
import { type PlainPolicy, plainRun, type PlainRequest, type PlainRun } from './plain-stepper.ts';
import { CLASSES, engines, slotEngines, TENANTS, workloads } from './scenario-arbitrary.ts';

const last = (running: readonly PlainRequest[]): PlainRequest => running[running.length - 1]!;
const leastUrgent = (running: readonly PlainRequest[]): PlainRequest =>
  running.reduce((worst, r) => (r.priority > worst.priority || (r.priority === worst.priority && r.index > worst.index) ? r : worst));

const byPriority = { before: (a: PlainRequest, b: PlainRequest): number => a.priority - b.priority, victim: leastUrgent };

/** Every policy of the project beside its plain form. */
const POLICIES: readonly [string, string, Record<string, unknown>, PlainPolicy][] = [
  ['fifo', 'fifo', {}, { before: () => 0, victim: last }],
  ['priority', 'priority', {}, byPriority],
  ['priority, preempting', 'priority', { preempt: true }, { ...byPriority, mayPreempt: (w, r) => r.priority > w.priority }],
  ['priority, preempting over a gap', 'priority', { preempt: true, minGap: 3 }, { ...byPriority, mayPreempt: (w, r) => r.priority - w.priority > 3 }],
];

function engineRun(rows: readonly Row[], options: EngineOptions, policy: string, policyOptions: Record<string, unknown>, steps?: StepRecord[]): Outcomes {
  const table = tableOf(rows, CLASSES, TENANTS);
  return simulate(table, options, stepTimeOf(options), policyOf(policy, table, policyOptions), {
    onStep: steps && ((step) => steps.push(step)),
  });
}

const outcomesOf = (o: Outcomes): unknown[] =>
  Array.from(o.status, (status, i) => ({
    shed: status === Status.shed, admitted: o.admitted[i], firstToken: o.firstToken[i], finish: o.finish[i],
    preemptions: o.preemptions[i], recomputed: o.recomputedTokens[i],
  }));

/** Gap counts by class and tenant as sorted text, from either side. */
const gapsOf = (o: Outcomes): string[] =>
  o.gaps.flatMap((s) => Array.from(s.values, (gap, i) => `${CLASSES[s.class]!.name} ${TENANTS[s.tenant]} ${gap} x ${s.counts[i]}`)).sort();
const plainGapsOf = (run: PlainRun, rows: readonly Row[]): string[] => {
  const counts = new Map<string, number>();
  for (const [index, gap] of run.gaps) {
    const { class: of, tenant } = rows[index]!;
    const key = `${CLASSES[of!]!.name} ${TENANTS[tenant!]} ${gap}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key} x ${count}`).sort();
};

const RUNS = Number(process.env.SCHED_PROPERTY_RUNS ?? 700);

describe.each(POLICIES)('%s', (_title, name, policyOptions, plain) => {
  it.each([['any server', engines], ['servers with slots alone', slotEngines]])('gives the outcomes, steps and gaps of the plain stepper: %s', (_servers, servers) => {
    fc.assert(
      fc.property(servers, workloads, (options, rows) => {
        const requests = rows.map((r, index) => ({
          index, arrival: r.arrival, prompt: r.prompt!, output: r.output, priority: CLASSES[r.class!]!.priority,
        }));
        const expected = plainRun(requests, options, stepTimeOf(options), plain);
        const skipping = engineRun(rows, options, name, policyOptions);
        expect(outcomesOf(skipping)).toEqual(expected.outcomes);
        expect(skipping.steps).toBe(expected.steps.length);
        expect(gapsOf(skipping)).toEqual(plainGapsOf(expected, rows));
        expect(skipping.peakKvBlocks).toBe(options.kvCache ? expected.peakBlocks : null);
        const steps: StepRecord[] = [];
        const single = engineRun(rows, options, name, policyOptions, steps);
        expect(steps).toEqual(expected.steps.map((step, index) => ({ step: index, ...step })));
        // What the engine counts on the way is the same whether it skips or not.
        expect(single).toEqual(skipping);
      }),
      { numRuns: RUNS },
    );
  });
});
