import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeOf, compareRuns, isChange } from '../../src/metrics/compare.ts';
import { findMetric } from '../../src/metrics/index.ts';
import { metricPath, metricPaths } from '../../src/metrics/paths.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import { anyRun } from './run-arbitrary.ts';
import { runOf } from './run-of.ts';

const anySummary = anyRun.map(({ table, outcomes }) => summarize(table, outcomes, () => 1000));
const change = (name: string, before: number | null, after: number | null) => changeOf(metricPath('all', findMetric(name)!), before, after);

test('a run compared with itself has every figure, all the same', () => {
  fc.assert(fc.property(anySummary, (summary) => {
    const changes = compareRuns(summary, summary);
    expect(changes.map(({ path }) => path)).toEqual(metricPaths(summary));
    expect(changes.every(({ effect, absolute }) => effect === 'same' && (absolute === 0 || absolute === null))).toBe(true);
  }), { numRuns: 8 });
});

test('what is better one way is worse the other way', () => {
  const opposite = { better: 'worse', worse: 'better', same: 'same', different: 'different' };
  fc.assert(fc.property(anySummary, anySummary, (a, b) => {
    const back = new Map(compareRuns(b, a).map((entry) => [entry.path.text, entry]));
    for (const { path, effect, absolute } of compareRuns(a, b)) {
      expect(back.get(path.text)!.effect).toBe(opposite[effect]);
      expect((back.get(path.text)!.absolute ?? 0) + (absolute ?? 0)).toBe(0);
    }
  }), { numRuns: 8 });
});

describe('the effect of a change', () => {
  test('follows the direction of the metric', () => {
    expect(change('longestWait', 10, 5)).toMatchObject({ effect: 'better', absolute: -5, relative: -0.5 });
    expect(change('sla.attainment', 0.5, 0.75)).toMatchObject({ effect: 'better', absolute: 0.25, relative: 0.5 });
    expect(change('goodput', 2, 1)).toMatchObject({ effect: 'worse' });
    expect(change('sla.withTarget', 2, 1)).toMatchObject({ effect: 'different' });
  });

  test('has no relative size when it starts from 0, and none at all when one side is not defined', () => {
    expect(change('preemptions', 0, 3)).toMatchObject({ effect: 'worse', absolute: 3, relative: null });
    expect(change('goodput', null, 3)).toMatchObject({ effect: 'different', absolute: null, relative: null });
    expect(change('goodput', null, null)).toMatchObject({ effect: 'same', absolute: null });
  });
});

describe('a change is told', () => {
  const told = (name: string, before: number | null, after: number | null) => isChange(change(name, before, after));

  test('from half a percent on, up or down', () => {
    expect([1000, 1004, 1005, 996, 995].map((after) => told('latency', 1000, after))).toEqual([false, false, true, false, true]);
  });

  test('of a share from a tenth of a percentage point on, however small the share', () => {
    expect([0.5, 0.5009, 0.501, 0.4991, 0.499].map((after) => told('sla.attainment', 0.5, after))).toEqual([false, false, true, false, true]);
    expect(told('sla.attainment', 0.0001, 0.0009)).toBe(false);
  });

  test('from nothing on in any case, and where a figure begins or ceases to be defined', () => {
    expect(told('preemptions', 0, 1)).toBe(true);
    expect(told('goodput', null, 3)).toBe(true);
    expect(told('goodput', 3, null)).toBe(true);
    expect(told('goodput', null, null)).toBe(false);
  });
});

test('a shed reason that did not occur in a run occurred zero times', () => {
  const summaryOf = (...reasons: number[]) => {
    const { table, outcomes } = runOf(reasons.map((shedReason) => ({ status: 'shed', shedReason })));
    return summarize(table, outcomes, () => 1);
  };
  const reasons = compareRuns(summaryOf(1), summaryOf(2)).filter(({ path }) => path.metric.name === 'shedReasons');
  expect(reasons.map(({ path, before, after, effect }) => [path.stat, before, after, effect])).toEqual([
    ['longer than maxModelLength', 1, 0, 'better'],
    ['longer than the KV cache', 0, 1, 'worse'],
    ['longer than maxBatchTokens, and chunkedPrefill is off', 0, 0, 'same'],
  ]);
});
