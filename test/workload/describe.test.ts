import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeWorkload } from '../../src/workload/describe.ts';
import { build } from './scenario.ts';

const figures = async (sources: readonly unknown[]) => describeWorkload((await build(sources)).table);

test('a steady workload', async () => {
  const generate = { count: 30, arrivals: { process: 'constant', interval: '100ms' }, class: 'low', promptTokens: 7, outputTokens: 3 };
  expect(await figures([{ generate }])).toEqual({
    requests: 30, span: 2_900_000, rate: 10, gapCv: 0,
    promptTokens: { mean: 7, p50: 7, p90: 7, p99: null, max: 7 },
    outputTokens: { mean: 3, p50: 3, p90: 3, p99: null, max: 3 },
    classes: { high: 0, medium: 0, low: 1 }, tenants: {},
  });
});

test('no request, and one: what is not defined is null', async () => {
  const none = { mean: null, p50: null, p90: null, p99: null, max: null };
  expect(await figures([])).toMatchObject({ requests: 0, span: null, rate: null, gapCv: null, promptTokens: none, outputTokens: none });
  expect(await figures([{ requests: [{ class: 'low', outputTokens: 4 }] }])).toMatchObject({
    requests: 1, span: 0, rate: null, gapCv: null, outputTokens: { mean: 4, p50: null, p90: null, p99: null, max: 4 },
  });
});

test('percentiles are nearest-rank on the exact values, gaps have their population CV', () =>
  fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 250 }), async (requests) => {
    const { outputTokens, gapCv, classes } = await figures([{ requests: requests.map(([at, tokens]) => ({ at: `${at}s`, class: 'low', outputTokens: tokens })) }]);
    const sorted = requests.map(([, tokens]) => tokens).toSorted((a, b) => a - b);
    const n = sorted.length;
    const nearest = (p: number) => (n < 100 / (100 - p) ? null : sorted[Math.ceil((p * n) / 100) - 1]);
    expect([outputTokens.p50, outputTokens.p90, outputTokens.p99, outputTokens.max]).toEqual([nearest(50), nearest(90), nearest(99), sorted.at(-1)]);
    expect(outputTokens.mean).toBeCloseTo(sorted.reduce((a, b) => a + b) / n, 9);
    const times = requests.map(([at]) => at).toSorted((a, b) => a - b);
    const gaps = times.slice(1).map((t, i) => t - times[i]!);
    const mean = (times.at(-1)! - times[0]!) / gaps.length;
    if (mean > 0) expect(gapCv).toBeCloseTo(Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length) / mean, 9);
    else expect(gapCv).toBeNull();
    expect(classes).toEqual({ high: 0, medium: 0, low: 1 });
  })));
