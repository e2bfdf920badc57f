import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRICS } from '../../src/metrics/index.ts';
import { metricPaths, metricPathsOf, readMetric } from '../../src/metrics/paths.ts';
import { summarize } from '../../src/metrics/summarize.ts';
import type { RunSummary } from '../../src/metrics/summary.ts';
import { anyRun } from './run-arbitrary.ts';
import { classesWith, runOf } from './run-of.ts';

const anySummary = anyRun.map(({ table, outcomes }) => summarize(table, outcomes, () => 1000));

/** Every number (or null) of a JSON value by the keys that lead to it. */
function leaves(value: unknown, keys: readonly string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[keys.join('/'), value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...keys, key]));
}

function keysOf({ group, metric, stat }: ReturnType<typeof metricPaths>[number]): string {
  const ofGroup = () => {
    if (group === 'run') return [];
    if (group === 'all') return ['all'];
    return 'class' in group ? ['classes', group.class] : ['tenants', group.tenant];
  };
  return [...ofGroup(), ...metric.name.split('.'), ...(stat === undefined ? [] : [stat])].join('/');
}

describe('the metrics', () => {
  test('name every figure of a summary, and nothing else', () => {
    fc.assert(fc.property(anySummary, (summary) => {
      const figures = new Map(leaves(summary));
      const paths = metricPaths(summary);
      expect(paths.map(keysOf).sort()).toEqual([...figures.keys()].sort());
      for (const path of paths) {
        expect(readMetric(summary, path.group, path.metric.name, path.stat)).toBe(figures.get(keysOf(path)));
      }
    }), { numRuns: 8 });
  });

  test('are each listed once, with a summary, and each path is written once', () => {
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
    expect(METRICS.every(({ summary }) => summary.length > 0)).toBe(true);
    const texts = metricPathsOf({ classes: ['high', 'low'], tenants: ['high', 'acme'] }).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('are written with dots, the group first', () => {
    const texts = metricPathsOf({ classes: ['high'], tenants: ['acme'] }).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining([
      'all.offered', 'all.latency.p95', 'high.sla.attainment', 'high.sla.byTarget.ttft', 'tenant:acme.itl.mean', 'makespan',
      'fairness.jain', 'fairness.contendedShare.high', 'engine.utilization',
    ]));
  });

  test('may have classes with any name', () => {
    const names = ['a.b', '__proto__', 'constructor', 'all', '7'];
    const classes = classesWith([]).concat(names.map((name) => ({ name, priority: 1, weight: 1, sla: {} })));
    const { table, outcomes } = runOf(names.map((_, i) => ({ class: i })), { classes });
    const summary = summarize(table, outcomes, () => 1);
    for (const name of names) expect(readMetric(summary, { class: name }, 'offered')).toBe(1);
  });
});

describe('reading a figure', () => {
  const { table, outcomes } = runOf([{ arrival: 0, admitted: 1, firstToken: 2, finish: 3 }]);
  const summary: RunSummary = summarize(table, outcomes, () => 1);

  test('that is not defined gives null', () => {
    expect(readMetric(summary, 'all', 'latency', 'p99')).toBeNull();
    expect(readMetric(summary, 'all', 'itl', 'p50')).toBeNull();
  });

  test('that does not exist gives undefined', () => {
    expect(readMetric(summary, { class: 'nobody' }, 'latency', 'mean')).toBeUndefined();
    expect(readMetric(summary, 'all', 'latency', 'p42')).toBeUndefined();
    expect(readMetric(summary, 'all', 'latency')).toBeUndefined();
    expect(readMetric(summary, 'run', 'toString')).toBeUndefined();
  });
});
