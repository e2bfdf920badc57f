/** What the engine says of service under contention, against a plain count over its steps. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContendedService, StepRecord } from '../../../src/engine/outcomes.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { CLASSES, engines, workloads } from '../../laws/scenario-arbitrary.ts';
import { classesOf, engineOf, policyOf, stepTimeOf, tableOf } from '../../support.ts';

const seedEngines = engines.map(({ maxBatchSize, stepTime }) => ({ ...engineOf({ maxBatchSize }), stepTime }));

type Counts = Map<string, { time: number; service: number[] }>;

/** Who was served in the steps while at least two classes waited, by who these were. */
function counted(rows: Parameters<typeof tableOf>[0], classes: number, steps: readonly StepRecord[]): Counts {
  const counts: Counts = new Map();
  const started = new Set<number>();
  for (const { start, end, scheduled, sampled } of steps) {
    const served = scheduled.map(([r]) => r);
    const waiting = [...new Set(rows.flatMap((row, r) => (row.arrival <= start && !served.includes(r) && !started.has(r) ? [row.class!] : [])))].sort((a, b) => a - b);
    const fresh = served.filter((r) => !started.has(r));
    fresh.forEach((r) => started.add(r));
    if (waiting.length < 2) continue;
    const record = counts.get(waiting.join()) ?? { time: 0, service: Array.from({ length: classes }, () => 0) };
    counts.set(waiting.join(), record);
    record.time += end - start;
    for (const r of fresh) record.service[rows[r]!.class!]! += rows[r]!.prompt!;
    for (const r of sampled) record.service[rows[r]!.class!]! += 2;
  }
  return counts;
}

function told(contended: readonly ContendedService[] | null): Counts {
  return new Map(contended!.map(({ waiting, time, service }) => [waiting.join(), { time, service: [...service] }]));
}

it('counts prompt tokens once and output tokens twice, for the classes that waited, while at least two did', () => {
  fc.assert(fc.property(seedEngines, workloads, fc.constantFrom('fifo', 'priority'), (options, rows, policy) => {
    const table = tableOf(rows, CLASSES);
    const steps: StepRecord[] = [];
    const { contended } = simulate(table, options, stepTimeOf(options), policyOf(policy, table), { onStep: (step) => steps.push(step) });
    expect(told(contended)).toEqual(counted(rows, CLASSES.length, steps));
  }), { numRuns: 300 });
});

it.each([31, 32, 70])('does so for any number of classes: %i', (classes) => {
  const rows = Array.from({ length: 4 * classes }, (_, r) => ({ arrival: 7000 * (r % 50), class: (r * 7) % classes, prompt: 1 + (r % 5), output: 1 + (r % 3) }))
    .sort((a, b) => a.arrival - b.arrival);
  const options = engineOf({ maxBatchSize: 4 });
  const table = tableOf(rows, classesOf(Array.from({ length: classes }, (_, c) => c)));
  const steps: StepRecord[] = [];
  const { contended } = simulate(table, options, stepTimeOf(options), policyOf('priority', table), { onStep: (step) => steps.push(step) });
  expect(contended!.length).toBeGreaterThan(5);
  expect(told(contended)).toEqual(counted(rows, classes, steps));
});
