/** Arrival processes against theory: where a distribution is known, by Kolmogorov-Smirnov. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/core/random.ts';
import { ARRIVALS } from '../../src/workload/arrivals/index.ts';
import { weibullShape } from '../../src/workload/arrivals/weibull.ts';
import { definitionOf, definitionSchema } from '../../src/workload/definition.ts';
import { average, coefficientOfVariation, expectFits, expectMean } from './statistics.ts';

const N = 20_000;
const schema = definitionSchema('process', ARRIVALS);

function processOf(options: Readonly<Record<string, unknown>>, seed = '1') {
  const parsed = v.parse(schema, options);
  const definition = definitionOf(ARRIVALS, parsed.process);
  return {
    next: definition.make(parsed as never, randomStream(seed, parsed.process)),
    expected: (horizon: number) => definition.expected(parsed as never, horizon),
  };
}

/** Arrival times in seconds. */
function times(options: Readonly<Record<string, unknown>>, count = N, seed?: string): number[] {
  const { next } = processOf(options, seed);
  return Array.from({ length: count }, () => next() / 1e6);
}

const gapsOf = (arrivals: readonly number[]) => arrivals.map((time, i) => time - (arrivals[i - 1] ?? 0));

const exponential = (x: number) => 1 - Math.exp(-x);

/**
 * The law of a Poisson process of any rate: the expected counts between arrivals, taken with the integral of the
 * rate, are independent unit exponentials.
 */
function expectPoisson(arrivals: readonly number[], expectedCount: (seconds: number) => number): void {
  const gaps = gapsOf(arrivals.map(expectedCount));
  expectFits(gaps, exponential);
  const neighbours = average(gaps.slice(1).map((gap, i) => (gap - 1) * (gaps[i]! - 1)));
  expect(Math.abs(neighbours) * Math.sqrt(gaps.length)).toBeLessThan(4);
}

describe('fixed processes', () => {
  test('constant: the k-th of an interval is at exactly k x interval, from 0 on', () => {
    const { next } = processOf({ process: 'constant', interval: '100ms' });
    for (let k = 0; k < 100_000; k++) expect(next()).toBe(k * 100_000);
  });

  test('constant: a rate without a whole interval does not drift: after 3,000,000 at 3/s it is at 1,000,000 s', () => {
    const { next } = processOf({ process: 'constant', rate: 3 });
    let last = 0;
    for (let k = 0; k <= 3_000_000; k++) last = next();
    expect(last).toBe(1e12);
  });

  test('burst: size at once, every interval', () => {
    expect(times({ process: 'burst', size: 3, interval: '2s' }, 7)).toEqual([0, 0, 0, 2, 2, 2, 4]);
  });
});

describe('renewal processes', () => {
  test('poisson: exponential gaps', () => {
    expectPoisson(times({ process: 'poisson', rate: 4 }), (t) => 4 * t);
  });

  test('uniform: gaps between 0 and 2 / rate', () => {
    expectFits(gapsOf(times({ process: 'uniform', rate: 5 })), (x) => Math.min(1, x / 0.4));
  });

  test('gamma with CV 1/2: the sum of four exponentials', () => {
    const erlang = (x: number) => 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
    expectFits(gapsOf(times({ process: 'gamma', rate: 2, cv: 0.5 })), (x) => erlang(x * 8));
  });

  test('gamma with CV 1 is poisson', () => {
    expectPoisson(times({ process: 'gamma', rate: 2, cv: 1 }), (t) => 2 * t);
  });

  test.each(['gamma', 'weibull'])('%s: has the rate and the CV that were asked for, even or bursty', (process) => {
    for (const cv of [0.1, 0.7, 2]) {
      const gaps = gapsOf(times({ process, rate: 10, cv }, 60_000));
      expectMean(gaps, 0.1, 0.1 * cv);
      expect(coefficientOfVariation(gaps) / cv).toBeCloseTo(1, cv > 1 ? 0.9 : 1.5);
    }
  });

  test('weibull: gaps of its distribution', () => {
    const shape = weibullShape(2);
    const gaps = gapsOf(times({ process: 'weibull', rate: 1, cv: 2 }));
    const scale = 1 / gammaOf(1 + 1 / shape);
    expectFits(gaps, (x) => 1 - Math.exp(-((Math.max(0, x) / scale) ** shape)));
  });

  test('weibull: CVs with a shape in closed form', () => {
    expect(weibullShape(1)).toBeCloseTo(1, 12);
    // k = 1/2: Γ(5)/Γ(3)² = 6, CV² = 5. k = 2: Γ(2)/Γ(3/2)² = 4/π.
    expect(weibullShape(Math.sqrt(5))).toBeCloseTo(0.5, 12);
    expect(weibullShape(Math.sqrt(4 / Math.PI - 1))).toBeCloseTo(2, 11);
  });
});

describe('processes whose rate changes', () => {
  test('on-off: poisson on the time that is on, nothing in between', () => {
    const arrivals = times({ process: 'on-off', rate: 20, on: '2s', off: '3s' });
    expect(arrivals.every((t) => t % 5 <= 2 + 1e-9)).toBe(true);
    expectPoisson(arrivals, (t) => 20 * (Math.floor(t / 5) * 2 + Math.min(2, t % 5)));
  });

  test.each([[2, 30], [30, 2], [0, 10], [5, 5]])('ramp: from %d to %d, then on at that rate', (from, to) => {
    const over = 500;
    const arrivals = times({ process: 'ramp', from, to, over: `${over}s` }, 15_000);
    expect(arrivals.at(-1)).toBeGreaterThan(over);
    expectPoisson(arrivals, (t) => {
      const ramped = Math.min(t, over);
      return from * ramped + ((to - from) * ramped ** 2) / (2 * over) + to * (t - ramped);
    });
  });

  test('ramp: down to 0 it ends', () => {
    const arrivals = times({ process: 'ramp', from: 10, to: 0, over: '100s' }, 1000);
    const count = arrivals.findIndex((t) => t === Infinity);
    expect(Math.abs(count - 500)).toBeLessThan(4 * Math.sqrt(500));
    expect(arrivals[count - 1]).toBeLessThanOrEqual(100);
    expect(arrivals.slice(count).every((t) => t === Infinity)).toBe(true);
  });

  test.each([1, 4, 1e6])('diurnal: a cosine from the trough, the peak %d times as high', (peakToTrough) => {
    const rate = 50;
    const period = 60;
    const swing = (peakToTrough - 1) / (peakToTrough + 1);
    const arrivals = times({ process: 'diurnal', rate, peakToTrough, period: `${period}s` });
    expectPoisson(arrivals, (t) => rate * (t - (swing * period * Math.sin((2 * Math.PI * t) / period)) / (2 * Math.PI)));
  });
});

const EXAMPLES = [
  { process: 'constant', interval: '300ms' },
  { process: 'constant', rate: 3 },
  { process: 'poisson', rate: 20 },
  { process: 'gamma', rate: 20, cv: 3 },
  { process: 'weibull', rate: 20, cv: 3 },
  { process: 'uniform', rate: 20 },
  { process: 'burst', size: 7, interval: '900ms' },
  { process: 'on-off', rate: 50, on: '7s', off: '5s' },
  { process: 'ramp', from: 2, to: 40, over: '90s' },
  { process: 'ramp', from: 40, to: 0, over: '90s' },
  { process: 'diurnal', rate: 20, peakToTrough: 5, period: '70s' },
  { process: 'profile', every: '10s', counts: [500, 0, 1500, 1000], cv: 2 },
];

test('profile: each window has just its number, uniform within it where the CV is 1', () => {
  const arrivals = times({ process: 'profile', every: '10s', counts: [2000, 0, 3000] }, 5000);
  const inWindow = (window: number) => arrivals.filter((time) => Math.floor(time / 10) === window);
  expect([0, 1, 2].map((window) => inWindow(window).length)).toEqual([2000, 0, 3000]);
  expectFits(inWindow(2).map((time) => time / 10 - 2), (x) => x);
  expect(times({ process: 'profile', every: '10s', counts: [1] }, 2)[1]).toBe(Infinity);
});

describe('every process', () => {
  test('has an example here', () => {
    expect(new Set(EXAMPLES.map(({ process }) => process))).toEqual(new Set(ARRIVALS.map(({ name }) => name)));
  });

  test.each(EXAMPLES)('$process never goes back in time, and starts at 0 or later', (options) => {
    const arrivals = times(options, 3000);
    expect(arrivals[0]).toBeGreaterThanOrEqual(0);
    expect(arrivals.every((t, i) => i === 0 || t >= arrivals[i - 1]!)).toBe(true);
  });

  test.each(EXAMPLES)('$process knows how many arrivals to expect', (options) => {
    for (const seconds of [0.5, 50, 111]) {
      const runs = 200;
      let total = 0;
      let squares = 0;
      for (let run = 0; run < runs; run++) {
        const { next } = processOf(options, String(run));
        let count = 0;
        while (next() < seconds * 1e6) count++;
        total += count;
        squares += count * count;
      }
      const mean = total / runs;
      const error = Math.sqrt(Math.max(0, squares / runs - mean * mean) / runs);
      // A renewal process started at an arrival is ahead of or behind its rate by (cv² - 1)/2 in the long run.
      const cv = (options as { cv?: number }).cv ?? (options.process === 'uniform' ? Math.sqrt(1 / 3) : 1);
      expect(Math.abs(mean - processOf(options).expected(seconds * 1e6))).toBeLessThanOrEqual(4 * error + Math.abs(cv * cv - 1) / 2 + 1e-9);
    }
  });

  test.each(EXAMPLES)('$process is the same for the same seed', (options) => {
    expect(times(options, 100)).toEqual(times(options, 100));
  });
});

/** Γ by a way independent of the one under test. */
function gammaOf(x: number): number {
  // Γ(x) = Γ(x + n) / (x (x + 1) … (x + n - 1)), with Stirling's series at x + n.
  let product = 1;
  for (let i = 0; i < 20; i++) product *= x + i;
  const y = x + 20;
  return (Math.sqrt((2 * Math.PI) / y) * (y / Math.E) ** y * (1 + 1 / (12 * y) + 1 / (288 * y * y) - 139 / (51840 * y ** 3))) / product;
}
