import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Outcomes, Status } from '../../src/engine/outcomes.ts';
import { outcomeDigest, sameSchedule, workloadDigest } from '../../src/metrics/digest.ts';
import type { RequestTable } from '../../src/workload/request-table.ts';
import { anyRun } from './run-arbitrary.ts';
import { classesWith, runOf } from './run-of.ts';

/** A copy with one cell of one column one larger (or a time that never came, come). */
function withOneChange<T extends object>(of: T, column: keyof T, row: number): T {
  const changed = (of[column] as Float64Array | Uint32Array).slice();
  changed[row] = Number.isNaN(changed[row]) ? 0 : changed[row]! + 1;
  return { ...of, [column]: changed };
}

/** The same for outcomes, with what they say of themselves as a whole kept true. */
function withOneOutcome(outcomes: Outcomes, column: keyof Outcomes, row: number): Outcomes {
  const changed = withOneChange(outcomes, column, row);
  const completed = changed.status.filter((status) => status === Status.completed).length;
  return { ...changed, completed, preempted: changed.preempted || changed.preemptions.some((times) => times > 0) };
}

const someRun = anyRun.filter(({ rows }) => rows.length > 0);

/** A run and one row of it. */
const runAndRow = someRun.chain((run) => fc.nat(run.rows.length - 1).map((row) => ({ ...run, row })));

describe('the outcome digest', () => {
  const seen = ['admitted', 'firstToken', 'finish', 'status', 'preemptions'] as const;
  test.each(seen)('notices the smallest change of %s in one request', async (column) => {
    await fc.assert(fc.asyncProperty(runAndRow, async ({ table, outcomes, row }) => {
      const other = withOneOutcome(outcomes, column, row);
      expect(await outcomeDigest(table, other)).not.toBe(await outcomeDigest(table, outcomes));
      expect(sameSchedule(outcomes, other)).toBe(false);
    }), { numRuns: 15 });
  });

  test('depends on nothing else', async () => {
    await fc.assert(fc.asyncProperty(someRun, async ({ table, outcomes }) => {
      const other: Outcomes = {
        ...outcomes, steps: 99, busyTime: 99, batchTime: 99, peakWaiting: 99, maxServiceDifference: 99,
        recomputedTokens: outcomes.recomputedTokens.map((tokens) => tokens + 1),
      };
      expect(await outcomeDigest(table, other)).toBe(await outcomeDigest(table, outcomes));
      expect(await outcomeDigest({ ...table, classes: [], slaOverrides: new Map() }, outcomes)).toBe(await outcomeDigest(table, outcomes));
      expect(sameSchedule(outcomes, other)).toBe(true);
    }), { numRuns: 15 });
  });

  test('does not see which of its many NaNs a machine wrote', async () => {
    const { table, outcomes } = runOf([{ arrival: 0, status: 'unfinished' }]);
    const otherNaN = new Float64Array(1);
    new Uint32Array(otherNaN.buffer).set([1, 0xfff80000]);
    const other = { ...outcomes, finish: otherNaN };
    expect(await outcomeDigest(table, other)).toBe(await outcomeDigest(table, outcomes));
    expect(sameSchedule(outcomes, other)).toBe(true);
  });

  test('notices a change in any stretch of a long run, and two requests swapped', async () => {
    const rows = Array.from({ length: 70_000 }, (_, i) => ({ arrival: 0, admitted: i, firstToken: i + 1, finish: i + 1 }));
    const { table, outcomes } = runOf(rows);
    const digests = await Promise.all([0, 65535, 65536, 69_999].map((row) => outcomeDigest(table, withOneChange(outcomes, 'finish', row))));
    const finish = outcomes.finish.slice();
    [finish[10], finish[66_000]] = [finish[66_000]!, finish[10]!];
    expect(new Set([...digests, await outcomeDigest(table, outcomes), await outcomeDigest(table, { ...outcomes, finish })]).size).toBe(6);
  });

  test('is a SHA-256 by name', async () => {
    const { table, outcomes } = runOf([]);
    expect(await outcomeDigest(table, outcomes)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('the workload digest', () => {
  const seen = ['arrival', 'promptTokens', 'outputTokens'] as const;
  test.each(seen)('notices the smallest change of %s in one request', async (column) => {
    await fc.assert(fc.asyncProperty(runAndRow, async ({ table, row }) => {
      expect(await workloadDigest(withOneChange(table, column, row))).not.toBe(await workloadDigest(table));
    }), { numRuns: 15 });
  });

  const rows = [{ class: 0, tenant: 0 }, { class: 2, tenant: 1 }];
  const tableOf = (names: string[], classOf: number[], extra: Partial<RequestTable> = {}): RequestTable => ({
    ...runOf(rows, { tenants: ['acme', 'globex'] }).table,
    classes: names.map((name) => ({ name, priority: 1, weight: 1, sla: {} })),
    class: Uint16Array.from(classOf),
    ...extra,
  });
  const table = tableOf(['high', 'medium', 'low'], [0, 2]);

  test('notices the class, the tenant and the own targets of a request', async () => {
    const digests = await Promise.all([
      table,
      tableOf(['high', 'medium', 'low'], [0, 1]),
      tableOf(['high', 'medium', 'lower'], [0, 2]),
      tableOf(['high', 'medium', 'low'], [0, 2], { tenant: Uint16Array.of(0, 0) }),
      tableOf(['high', 'medium', 'low'], [0, 2], { tenants: ['acme', 'initech'] }),
      tableOf(['high', 'medium', 'low'], [0, 2], { slaOverrides: new Map([[1, { ttft: 5 }]]) }),
      tableOf(['high', 'medium', 'low'], [0, 2], { slaOverrides: new Map([[1, { latency: 5 }]]) }),
    ].map(workloadDigest));
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('does not see a class nobody is in, the order of classes, or what is set per class', async () => {
    const same = [
      tableOf(['high', 'low'], [0, 1]),
      tableOf(['new', 'low', 'high'], [2, 1]),
      { ...table, classes: classesWith([{ latency: 1 }, {}, {}]).map((c, i) => ({ ...c, name: table.classes[i]!.name, weight: 9 })) },
      tableOf(['high', 'medium', 'low'], [0, 2], { sources: [{ name: 'other' }], ordinal: Uint32Array.of(7, 8) }),
    ];
    expect(new Set(await Promise.all([table, ...same].map(workloadDigest))).size).toBe(1);
  });
});
