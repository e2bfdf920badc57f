/** What the engine says of service under contention, against a plain count over its steps. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StepRecord } from '../../../src/engine/outcomes.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { CLASSES, engines, workloads } from '../../laws/scenario-arbitrary.ts';
import { engineOf, policyOf, stepTimeOf, tableOf } from '../../support.ts';

const seedEngines = engines.map(({ maxBatchSize, stepTime }) => ({ ...engineOf({ maxBatchSize }), stepTime }));

it('counts prompt tokens once and output tokens twice, for the classes that waited, while at least two did', () => {
  fc.assert(fc.property(seedEngines, workloads, fc.constantFrom('fifo', 'priority'), (options, rows, policy) => {
    const table = tableOf(rows, CLASSES);
    const steps: StepRecord[] = [];
    const outcomes = simulate(table, options, stepTimeOf(options), policyOf(policy, table), { onStep: (step) => steps.push(step) });

    const expected = new Map<string, { time: number; service: number[] }>();
    const started = new Set<number>();
    for (const { start, end, scheduled, sampled } of steps) {
      const served = scheduled.map(([r]) => r);
      const waiting = [...new Set(rows.flatMap((row, r) => (row.arrival <= start && !served.includes(r) && !started.has(r) ? [row.class!] : [])))].sort();
      const fresh = served.filter((r) => !started.has(r));
      fresh.forEach((r) => started.add(r));
      if (waiting.length < 2) continue;
      const key = waiting.join();
      const record = expected.get(key) ?? { time: 0, service: CLASSES.map(() => 0) };
      expected.set(key, record);
      record.time += end - start;
      for (const r of fresh) record.service[rows[r]!.class!]! += rows[r]!.prompt!;
      for (const r of sampled) record.service[rows[r]!.class!]! += 2;
    }
    const found = new Map(outcomes.contended.map(({ waiting, time, service }) => [waiting.join(), { time, service: [...service] }]));
    expect(found).toEqual(expected);
  }), { numRuns: 300 });
});
