import { describe, expect, test } from 'vitest';
import type { Outcomes } from '../../src/engine/outcomes.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import { verdictOf } from '../../src/metrics/verdict.ts';
import type { SlaTargets } from '../../src/workload/request-table.ts';
import { classesWith, type Row, runOf } from './run-of.ts';

const done = (index: number, latency: number): Row => ({ class: index, arrival: 0, admitted: 0, firstToken: 1, finish: latency });

/** One request per latency and class. */
function summaryOf(latencies: readonly (readonly number[])[], targets: readonly SlaTargets[] = [{}, {}], engine: Partial<Outcomes> = {}) {
  const rows = latencies.flatMap((ofClass, index) => ofClass.map((latency) => done(index, latency)));
  const { table, outcomes } = runOf(rows, { classes: classesWith(targets), engine });
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

describe('the SLA', () => {
  test('holds when every request with a target met it', () => {
    const targets = [{ latency: 1000 }, {}];
    const { sla } = verdictOf(summaryOf([[1000], [9000]], targets), summaryOf([[1001], [9000]], targets), false);
    expect(sla).toEqual({ before: true, after: false });
    expect(verdictOf(summaryOf([[1], [1]]), summaryOf([[1], [1]]), true).sla).toEqual({ before: null, after: null });
  });
});

describe('overload', () => {
  const targets = [{ latency: 1000 }];
  /** A token per microsecond is offered, over 100 us. */
  const run = (latency: number, backlogTokens: number, sla: readonly SlaTargets[] = targets, requests = 20) => {
    const atOnce = Array.from({ length: requests - 1 }, (_, i) => ({ ...done(0, latency), output: i === 0 ? 102 - requests : 1 }));
    const { table, outcomes } = runOf([...atOnce, { ...done(0, latency), arrival: 100 }], {
      classes: classesWith(sla), engine: { backlogTime: 100, backlogTokens },
    });
    return summarize(table, outcomes, () => 1);
  };

  test('is told with the smaller load, when both runs missed targets', () => {
    expect(verdictOf(run(2000, 50), run(3000, 80), false).overload).toEqual({ load: 1.25, targets: 'missed' });
  });

  test('is not told when a run can keep up, or meets all targets all the same', () => {
    expect(verdictOf(run(2000, 50), run(2000, 120), false).overload).toBeNull();
    expect(verdictOf(run(2000, 50), run(900, 50), false).overload).toBeNull();
    expect(verdictOf(run(2000, 50), run(2000, 0), false).overload).toBeNull();
  });

  test('is not told of a handful of requests, which have no rate', () => {
    expect(verdictOf(run(2000, 50, targets, 19), run(2000, 50, targets, 19), false).overload).toBeNull();
  });

  test('is told apart when there are no targets to miss', () => {
    expect(verdictOf(run(2000, 50, [{}]), run(2000, 50, [{}]), false).overload).toEqual({ load: 2, targets: 'none' });
  });
});

test('whether the schedules are the same is passed on', () => {
  const summary = summaryOf([[1], [1]]);
  expect(verdictOf(summary, summary, true)).toMatchObject({ sameSchedule: true, all: { fortune: 'unchanged' } });
});
