import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/metrics/summarize.ts';
import type { RunSummary } from '../../src/metrics/summary.ts';
import { verdictOf } from '../../src/metrics/verdict.ts';
import type { SlaTargets } from '../../src/workload/request-table.ts';
import { classesWith, type Row, runOf } from './run-of.ts';
import { over } from './summary-of.ts';

const done = (index: number, latency: number): Row => ({ class: index, arrival: 0, admitted: 0, firstToken: 1, finish: latency });

/** One request per latency and class. */
function summaryOf(latencies: readonly (readonly number[])[], targets: readonly SlaTargets[] = [{}, {}]) {
  const rows = latencies.flatMap((ofClass, index) => ofClass.map((latency) => done(index, latency)));
  const { table, outcomes } = runOf(rows, { classes: classesWith(targets) });
  return summarize(table, outcomes, () => 1);
}

const fortunes = (before: readonly number[][], after: readonly number[][], targets?: readonly SlaTargets[]) =>
  verdictOf(summaryOf(before, targets), summaryOf(after, targets), false).classes.map(({ fortune }) => fortune);

describe('who gains and who pays', () => {
  test('is told by mean latency', () => {
    expect(fortunes([[1000], [1000]], [[500], [1500]])).toEqual(['gains', 'pays']);
  });

  test('is told of what a table shows as a change, and of nothing else', () => {
    expect(fortunes([[1000], [1000]], [[1004], [996]])).toEqual(['unchanged', 'unchanged']);
    expect(fortunes([[1000], [1000]], [[1005], [995]])).toEqual(['pays', 'gains']);
  });

  test('is told by attainment as well, and is mixed when the two disagree', () => {
    const targets = [{ latency: 1000 }, { latency: 1000 }];
    expect(fortunes([[999, 1003], [900, 1100]], [[999, 1000], [1010, 500]], targets)).toEqual(['gains', 'gains']);
    expect(fortunes([[900, 1100]], [[10, 1500]], targets.slice(1))).toEqual(['gains']);
    expect(fortunes([[900, 900]], [[10, 1500]], targets.slice(1))).toEqual(['mixed']);
  });

  test('carries the figures it rests on', () => {
    const { classes: [shift], all } = verdictOf(summaryOf([[1000], []]), summaryOf([[500], []]), false);
    expect(shift).toMatchObject({ class: 'c0', meanLatency: { before: 1000, after: 500, relative: -0.5 } });
    expect(shift!.meanLatency.path.text).toBe('c0.latency.mean');
    expect(shift!.attainment).toMatchObject({ before: null, after: null, effect: 'same' });
    expect(all.fortune).toBe('gains');
  });
});

describe('where the time went', () => {
  const ran = (...rows: readonly (readonly [admitted: number, firstToken: number, finish: number])[]) => {
    const { table, outcomes } = runOf(rows.map(([admitted, firstToken, finish]) => ({ class: 0, arrival: 0, admitted, firstToken, finish })), { classes: classesWith([{}]) });
    return summarize(table, outcomes, () => 1);
  };
  const causeOf = (before: RunSummary, after: RunSummary) => verdictOf(before, after, false).classes[0]!.cause;

  test('is the part of the latency that changed most, the way the latency did', () => {
    expect(causeOf(ran([0, 100, 1000]), ran([600, 700, 1600]))).toEqual({ part: 'queue', change: 600, evictions: 0 });
    expect(causeOf(ran([0, 100, 1000]), ran([0, 400, 1300]))).toEqual({ part: 'prefill', change: 300, evictions: 0 });
    expect(causeOf(ran([0, 100, 1000]), ran([50, 150, 800]))).toEqual({ part: 'decode', change: -250, evictions: 0 });
  });

  test('is not told where the latency stayed, nor of requests that are not the same', () => {
    expect(causeOf(ran([0, 100, 1000]), ran([50, 150, 1000]))).toBeNull();
    expect(causeOf(ran([0, 100, 1000]), over(ran([600, 700, 1600]), { classes: { c0: { completed: 0 } } }))).toBeNull();
  });
});

describe('the SLA', () => {
  test('holds when as many as were promised meet their targets', () => {
    const targets = [{ latency: 1000 }, {}];
    const [before, after] = [summaryOf([[1000, 1000], [9000]], targets), summaryOf([[1001, 1000], [9000]], targets)];
    expect(verdictOf(before, after, false, [{ class: 'c0', targets: {}, attainment: 0.5 }]).sla).toEqual({ before: true, after: true });
    expect(verdictOf(before, after, false).sla).toEqual({ before: true, after: false });
  });

  test('holds when every request with a target met it, where no share is promised', () => {
    const targets = [{ latency: 1000 }, {}];
    const { sla } = verdictOf(summaryOf([[1000], [9000]], targets), summaryOf([[1001], [9000]], targets), false);
    expect(sla).toEqual({ before: true, after: false });
    expect(verdictOf(summaryOf([[1], [1]]), summaryOf([[1], [1]]), true).sla).toEqual({ before: null, after: null });
  });
});

describe('overload', () => {
  const targets = [{ latency: 1000 }];
  /** As many requests as that, each of this latency, under a load, with so many waiting midway and at the end; four run on average. */
  const run = (latency: number, load: number | null, [waitingHalfway, waitingAtEnd]: [number, number] = [10, 20], sla: readonly SlaTargets[] = targets, requests = 20) =>
    over(summaryOf([Array.from({ length: requests }, () => latency)], sla), { engine: { offeredLoad: load, waitingHalfway, waitingAtEnd, meanBatch: 4 } });
  const overload = (before: RunSummary, after = before) => verdictOf(before, after, false).overload;

  test('is told with the smaller load, when both runs missed targets', () => {
    expect(overload(run(2000, 1.5), run(3000, 1.25))).toEqual({ load: 1.25, targets: 'missed' });
  });

  test('is told from above 1 on, and where the load is known', () => {
    expect(overload(run(2000, 1.001))).not.toBeNull();
    expect(overload(run(2000, 1))).toBeNull();
    expect(overload(run(2000, null))).toBeNull();
    expect(overload(run(2000, 2), run(2000, 0.9))).toBeNull();
  });

  test('is not told when a run meets all targets all the same', () => {
    expect(overload(run(2000, 2), run(900, 2))).toBeNull();
  });

  test('is told only where the queue grew as long as requests came, under both', () => {
    expect(overload(run(2000, 2, [10, 15]))).not.toBeNull();
    expect(overload(run(2000, 2, [10, 14]))).toBeNull();
    // A burst at the beginning, worked off since.
    expect(overload(run(2000, 2, [90, 95]))).toBeNull();
    // No more than what waits for the next step.
    expect(overload(run(2000, 2, [1, 4]))).toBeNull();
    expect(overload(run(2000, 2, [1, 5]))).not.toBeNull();
    expect(overload(run(2000, 2), run(2000, 2, [10, 10]))).toBeNull();
  });

  test('is not told of a handful of requests, which have no rate', () => {
    expect(overload(run(2000, 2, [10, 20], targets, 19))).toBeNull();
  });

  test('is told apart when there are no targets to miss', () => {
    expect(overload(run(2000, 2, [10, 20], [{}]))).toEqual({ load: 2, targets: 'none' });
  });
});

test('whether the schedules are the same is passed on', () => {
  const summary = summaryOf([[1], [1]]);
  expect(verdictOf(summary, summary, true)).toMatchObject({ sameSchedule: true, all: { fortune: 'unchanged' } });
});
