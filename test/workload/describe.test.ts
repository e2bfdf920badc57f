import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeWorkload } from '../../src/workload/describe.ts';
import { build } from './scenario.ts';

const figures = async (sources: readonly unknown[]) => describeWorkload((await build(sources)).table);

test('a steady workload', async () => {
  const generate = { count: 30, arrivals: { process: 'constant', interval: '100ms' }, class: 'low', promptTokens: 7, outputTokens: 3 };
  expect(await figures([{ generate }])).toEqual({
    requests: 30, span: 2_900_000, rate: 10, gapCv: 0, burstiness: [],
    // Every 100 ms, in parts of 48.33 ms: every other part, but that the last arrival belongs to the last part.
    course: { window: 2_900_000 / 60, requests: Array.from({ length: 60 }, (_, part) => Number(Array.from({ length: 29 }, (__, i) => Math.floor((i * 60) / 29)).includes(part) || part === 59)) },
    promptTokens: { mean: 7, p50: 7, p90: 7, p99: null, max: 7, histogram: [{ from: 4, to: 7, requests: 30 }] },
    outputTokens: { mean: 3, p50: 3, p90: 3, p99: null, max: 3, histogram: [{ from: 2, to: 3, requests: 30 }] },
    classes: { high: 0, medium: 0, low: 1 }, tenants: {},
  });
});

test('no request, and one: what is not defined is null', async () => {
  const none = { mean: null, p50: null, p90: null, p99: null, max: null, histogram: [] };
  expect(await figures([])).toMatchObject({ requests: 0, span: null, rate: null, gapCv: null, burstiness: [], course: null, promptTokens: none, outputTokens: none });
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

test('a range of lengths ends where the next begins, and every request is in one', () =>
  fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 }), async (lengths) => {
    const requests = lengths.map((promptTokens, i) => ({ at: `${i * i}ms`, class: 'low', promptTokens, outputTokens: 1 }));
    const { promptTokens: { histogram }, course } = await figures([{ requests }]);
    for (const [i, { from, to, requests: counted }] of histogram.entries()) {
      expect(counted).toBe(lengths.filter((length) => length >= from && length <= to).length);
      if (i > 0) expect(from).toBe(histogram[i - 1]!.to + 1);
    }
    expect(histogram.reduce((sum, { requests: counted }) => sum + counted, 0)).toBe(lengths.length);
    if (course) expect(course.requests.reduce((sum, counted) => sum + counted, 0)).toBe(lengths.length);
  }), { numRuns: 30 }));

test('burstiness is variance over mean of the counts: n when all of a window come at once, in every n-th', async () => {
  const requests = Array.from({ length: 200 }, (_, i) => ({ at: `${Math.floor(i / 4) * 4}s`, class: 'low', outputTokens: 1 }));
  const { burstiness } = await figures([{ requests }]);
  // 196 windows of 1 s, in every fourth of them 4 requests, but for the last of all: mean 1, mean of squares 4.
  expect(burstiness).toEqual([{ window: 1e6, dispersion: 3 }, { window: 10e6, dispersion: expect.any(Number) }]);
});
