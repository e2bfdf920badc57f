/** Length distributions against theory, and the rules of rounding and truncation. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/core/random.ts';
import { definitionOf, definitionSchema } from '../../src/workload/definition.ts';
import { LENGTHS } from '../../src/workload/lengths/index.ts';
import { MAX_TOKENS } from '../../src/workload/limits.ts';
import { FaultError } from '../../src/core/fault.ts';
import { filesOf } from './files.ts';
import type { Cdf } from './statistics.ts';
import { coefficientOfVariation, expectFits, expectFrequencies, expectMean, normalCdf } from './statistics.ts';

const N = 20_000;
const schema = definitionSchema('distribution', LENGTHS);

function draws(options: Readonly<Record<string, unknown>>, count = N, seed = '1'): number[] {
  const parsed = v.parse(schema, options);
  const draw = definitionOf(LENGTHS, parsed.distribution).make(parsed as never, randomStream(seed, parsed.distribution));
  return Array.from({ length: count }, draw);
}

/** The distribution of a rounded draw, 1 where it would be less. */
const rounded = (cdf: Cdf): Cdf => (x) => (x < 1 ? 0 : cdf(Math.floor(x) + 0.5));

/** The distribution of a rounded draw, given that it is within the bounds. */
const truncated = (cdf: Cdf, min: number, max: number): Cdf => (x) => {
  if (x < min) return 0;
  const below = cdf(min - 0.5);
  return Math.min(1, (cdf(Math.floor(x) + 0.5) - below) / (cdf(max + 0.5) - below));
};

const lognormalCdf = (mean: number, cv: number): Cdf => {
  const sigma = Math.sqrt(Math.log(1 + cv * cv));
  return (x) => normalCdf((Math.log(Math.max(x, 1e-12)) - Math.log(mean) + sigma ** 2 / 2) / sigma);
};

describe('whole distributions', () => {
  test('constant', () => expect(new Set(draws({ distribution: 'constant', value: 17 }))).toEqual(new Set([17])));

  test('uniform: every number from min to max, both included', () => {
    expectFrequencies(draws({ distribution: 'uniform', min: 5, max: 19 }), () => 1 / 15, 5, 19);
  });

  test.each([1, 1.5, 20])('geometric with mean %d: p(1 - p)^(n - 1) on 1, 2, …', (mean) => {
    const p = 1 / mean;
    expectFrequencies(draws({ distribution: 'geometric', mean }), (n) => p * (1 - p) ** (n - 1), 1, Math.max(2, 40 * mean));
  });

  test.each([
    { exponent: 1.1, min: 1, max: 1000 }, { exponent: 1, min: 1, max: 50 }, { exponent: 0, min: 3, max: 9 },
    { exponent: 3, min: 100, max: 400 }, { exponent: 10, min: 200, max: 100_000 }, { exponent: 0.5, min: 1, max: 2 },
  ])('zipf: n^-$exponent from $min to $max', ({ exponent, min, max }) => {
    let total = 0;
    for (let n = min; n <= max; n++) total += (n / min) ** -exponent;
    expectFrequencies(draws({ distribution: 'zipf', exponent, min, max }), (n) => (n / min) ** -exponent / total, min, max);
  });
});

describe('rounded distributions', () => {
  test('exponential', () => {
    expectFits(draws({ distribution: 'exponential', mean: 30 }), rounded((x) => 1 - Math.exp(-x / 30)));
  });

  test('normal', () => {
    expectFits(draws({ distribution: 'normal', mean: 50, cv: 0.4 }), rounded((x) => normalCdf((x - 50) / 20)));
  });

  test('lognormal: mean and CV are those of the lengths', () => {
    const lengths = draws({ distribution: 'lognormal', mean: 800, cv: 1.2 }, 60_000);
    expectFits(lengths, rounded(lognormalCdf(800, 1.2)));
    expectMean(lengths, 800, 960);
    expect(coefficientOfVariation(lengths)).toBeCloseTo(1.2, 1);
  });

  test('pareto: of a scale, and of a mean', () => {
    const cdf = (scale: number, shape: number): Cdf => (x) => (x < scale ? 0 : 1 - (scale / x) ** shape);
    expectFits(draws({ distribution: 'pareto', scale: 10, shape: 1.5 }), rounded(cdf(10, 1.5)));
    const lengths = draws({ distribution: 'pareto', mean: 300, shape: 3 });
    expectFits(lengths, rounded(cdf(200, 3)));
    expectMean(lengths, 300, Math.sqrt(3 / 4) * 200);
  });

  test('a CV of 0 is a constant', () => {
    for (const distribution of ['normal', 'lognormal']) expect(new Set(draws({ distribution, mean: 40, cv: 0 }))).toEqual(new Set([40]));
  });

  test('without bounds what is below 1 token is 1', () => {
    const lengths = draws({ distribution: 'normal', mean: 2, cv: 2 });
    expectFits(lengths, rounded((x) => normalCdf((x - 2) / 4)));
    expect(Math.min(...lengths)).toBe(1);
  });

  test('no tail goes beyond the most tokens there can be', () => {
    expect(Math.max(...draws({ distribution: 'pareto', scale: 1000, shape: 0.1 }))).toBe(MAX_TOKENS);
  });
});

describe('min and max', () => {
  test.each([[1, 8000], [300, 900], [700, 2000]])('truncate a lognormal to %d … %d: nothing piles up at the bounds', (min, max) => {
    expectFits(draws({ distribution: 'lognormal', mean: 800, cv: 1.2, min, max }), truncated(lognormalCdf(800, 1.2), min, max));
  });

  test('truncate on one side', () => {
    const cdf: Cdf = (x) => normalCdf((x - 2) / 4);
    expectFits(draws({ distribution: 'normal', mean: 2, cv: 2, min: 1 }), truncated(cdf, 1, 1e6));
    const geometric: Cdf = (x) => (x < 1 ? 0 : 1 - 0.9 ** Math.floor(x));
    expectFits(draws({ distribution: 'geometric', mean: 10, max: 12 }), truncated(geometric, 1, 12));
  });

  test('are kept even where they hold next to nothing of the distribution', () => {
    const far = draws({ distribution: 'normal', mean: 100, cv: 0.01, min: 5000, max: 6000 }, 100);
    expect(new Set(far)).toEqual(new Set([5000]));
    expect(new Set(draws({ distribution: 'exponential', mean: 50, min: 40, max: 40 }, 200))).toEqual(new Set([40]));
  });
});

describe('empirical', () => {
  test('values, each as likely as the others', () => {
    const frequency = new Map([[3, 0.5], [8, 0.25], [9, 0.25]]);
    expectFrequencies(draws({ distribution: 'empirical', values: [3, 8, 3, 9] }), (n) => frequency.get(n) ?? 0, 1, 10);
  });

  test('values within min and max', () => {
    expect(new Set(draws({ distribution: 'empirical', values: [3, 8, 9, 30], min: 4, max: 10 }))).toEqual(new Set([8, 9]));
  });

  test('quantiles, straight between two of them', () => {
    const cdf: Cdf = (x) => (x < 3 ? 0 : x <= 120 ? (0.5 * (x - 3)) / 117 : Math.min(1, 0.5 + (0.5 * (x - 120)) / 880));
    expectFits(draws({ distribution: 'empirical', quantiles: { 0: 3, 0.5: 120, 1: 1000 } }), rounded(cdf));
  });

  test('quantiles may have steps: a length that is common', () => {
    const lengths = draws({ distribution: 'empirical', quantiles: { 0: 5, 0.25: 5, 0.5: 100, 1: 100 } });
    expect(Math.abs(lengths.filter((n) => n === 5).length / N - 0.25)).toBeLessThan(0.02);
    expect(Math.abs(lengths.filter((n) => n === 100).length / N - 0.5)).toBeLessThan(0.02);
  });

  const load = (text: string, options: Readonly<Record<string, unknown>> = {}) => {
    const parsed = v.parse(schema, { distribution: 'empirical', file: 'lengths.csv', column: 'Tokens', ...options });
    return definitionOf(LENGTHS, 'empirical').load!(parsed as never, filesOf({ 'lengths.csv': text }), ['here']);
  };

  test('a column of a file, found by name in any case, within min and max', async () => {
    expect(await load('id,tokens\r\n1,5\r\n2,7\r\n3,0\r\n4,900\r\n', { max: 800 })).toMatchObject({ values: [5, 7] });
  });

  test('a file that is at fault: every row, with its place', async () => {
    await expect(load('id,tokens\n1,x\n2,7\n3\n')).rejects.toMatchObject({
      faults: [
        { file: 'lengths.csv', line: 2, column: 3 },
        { file: 'lengths.csv', line: 4, column: 2 },
      ],
    });
    await expect(load('id,words\n1,2\n')).rejects.toThrow('has no column Tokens');
    await expect(load('tokens\n')).rejects.toThrow(FaultError);
    await expect(load('tokens\n5000\n', { max: 10 })).rejects.toThrow('no length within min and max');
    await expect(load('tokens\n5\n', { file: 'other.csv' })).rejects.toThrow('other.csv does not exist');
  });
});

describe('mixture', () => {
  test('each component in proportion to its weight', () => {
    const lengths = draws({
      distribution: 'mixture',
      components: [
        { weight: 3, distribution: 'uniform', min: 1, max: 10 },
        { weight: 1, distribution: 'constant', value: 10 },
        { weight: 4, distribution: 'geometric', mean: 4 },
      ],
    });
    expectFrequencies(lengths, (n) => (n <= 10 ? 0.375 / 10 : 0) + (n === 10 ? 0.125 : 0) + 0.5 * 0.25 * 0.75 ** (n - 1), 1, 200);
  });

  test('loads the files of its components', async () => {
    const parsed = v.parse(schema, {
      distribution: 'mixture',
      components: [{ weight: 1, distribution: 'empirical', file: 'a.csv', column: 'n' }, { weight: 1, distribution: 'constant', value: 2 }],
    });
    const definition = definitionOf(LENGTHS, 'mixture');
    const loaded = await definition.load!(parsed as never, filesOf({ 'a.csv': 'n\n40\n' }), []);
    const draw = definition.make(loaded as never, randomStream('1'));
    expect(new Set(Array.from({ length: 100 }, draw))).toEqual(new Set([40, 2]));
    await expect(definition.load!(parsed as never, filesOf({}), ['p'])).rejects.toMatchObject({ faults: [{ path: ['p', 'components', 0, 'file'] }] });
  });
});

describe('options that are each fine, but not together', () => {
  const fault = (options: Readonly<Record<string, unknown>>) => v.safeParse(schema, options).issues?.[0]?.message;

  test.each([
    [{ distribution: 'uniform', min: 9, max: 3 }, 'min (9) is greater than max (3)'],
    [{ distribution: 'lognormal', mean: 9, cv: 1, min: 4, max: 3 }, 'min (4) is greater than max (3)'],
    [{ distribution: 'pareto', shape: 2 }, 'needs either mean or scale'],
    [{ distribution: 'pareto', shape: 2, mean: 9, scale: 3 }, 'needs either mean or scale'],
    [{ distribution: 'pareto', shape: 1, mean: 9 }, 'has no mean with shape 1: shape must be above 1, or give scale'],
    [{ distribution: 'empirical' }, 'needs one of values, file or quantiles'],
    [{ distribution: 'empirical', file: 'x.csv' }, 'needs file and column together'],
    [{ distribution: 'empirical', values: [3], min: 4 }, 'min and max leave none of the values'],
    [{ distribution: 'empirical', quantiles: { 0.5: 3, 1: 4 } }, 'quantiles need 0 and 1, the least and the most'],
    [{ distribution: 'empirical', quantiles: { 0: 5, 1: 4 } }, 'quantiles must not fall as the probability grows'],
    [{ distribution: 'empirical', quantiles: { 0: 5, '0.0': 5, 1: 9 } }, 'quantiles give one probability twice'],
    [{ distribution: 'empirical', quantiles: { 0: 5, 1: 9 }, min: 10 }, 'min and max leave nothing of the quantiles'],
    [{ distribution: 'mixture', components: [] }, 'needs at least one component'],
  ])('%j', (options, message) => expect(fault(options)).toBe(message));
});
