/**
 * The skipping engine and the plain stepper are the same engine: every outcome, every step, every gap, to
 * the microsecond, under every option and policy.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../src/engine/options.ts';
import { type Outcomes, Status, type StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { type Row, stepTimeOf, tableOf, THOROUGH } from '../support.ts';
import { plainRun, type PlainRun } from './plain-stepper.ts';
import { POLICY_PAIRS, type PolicyPair } from './policy-pairs.ts';
import { CLASSES, engines, slotEngines, TENANTS, workloads } from './scenario-arbitrary.ts';

interface World {
  readonly rows: readonly Row[];
  readonly options: EngineOptions;
  readonly seed: number;
  readonly arrivalsAtPlanning: boolean;
}

function engineRun({ rows, options, seed, arrivalsAtPlanning }: World, pair: PolicyPair, steps?: StepRecord[]): Outcomes {
  const table = tableOf(rows, CLASSES, TENANTS);
  return simulate(table, options, stepTimeOf(options), pair.policy(table, seed), {
    arrivalsAtPlanning, onStep: steps && ((step) => steps.push(step)),
  });
}

const outcomesOf = (o: Outcomes): unknown[] =>
  Array.from(o.status, (status, i) => ({
    shed: status === Status.shed ? o.shedReasons[o.shedReason[i]!] : null, admitted: o.admitted[i], firstToken: o.firstToken[i], finish: o.finish[i],
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

const RUNS = THOROUGH ? 2000 : 150;

const worlds = (servers: fc.Arbitrary<EngineOptions>): fc.Arbitrary<World> =>
  fc.record({ rows: workloads, options: servers, seed: fc.nat(), arrivalsAtPlanning: fc.boolean() });

describe.each(POLICY_PAIRS.map((pair) => [pair.title, pair] as const))('%s', (_title, pair) => {
  it.each([['any server', engines], ['servers with slots alone', slotEngines]])('gives the outcomes, steps and gaps of the plain stepper: %s', (_servers, servers) => {
    fc.assert(
      fc.property(worlds(servers), (world) => {
        const { rows, options, seed, arrivalsAtPlanning } = world;
        const requests = rows.map((r, index) => ({
          index, arrival: r.arrival, prompt: r.prompt!, output: r.output, class: r.class!, priority: CLASSES[r.class!]!.priority,
        }));
        const expected = plainRun(requests, options, stepTimeOf(options), pair.plain(seed), arrivalsAtPlanning);
        const skipping = engineRun(world, pair);
        expect(outcomesOf(skipping)).toEqual(expected.outcomes);
        expect(skipping.steps).toBe(expected.steps.length);
        expect(gapsOf(skipping)).toEqual(plainGapsOf(expected, rows));
        expect(skipping.peakKvBlocks).toBe(options.kvCache ? expected.peakBlocks : null);
        const steps: StepRecord[] = [];
        const single = engineRun(world, pair, steps);
        expect(steps).toEqual(expected.steps.map((step, index) => ({ step: index, ...step })));
        // What the engine counts on the way is the same whether it skips or not.
        expect(single).toEqual(skipping);
      }),
      { numRuns: RUNS },
    );
  });
});
