/** Tests of fit, with bounds that a right sampler crosses less than once in a thousand seeds (and these are fixed). */
import { expect } from 'vitest';

export type Cdf = (x: number) => number;

/** Kolmogorov-Smirnov: the largest distance between the sample's distribution function and `cdf`. */
export function expectFits(sample: readonly number[], cdf: Cdf): void {
  const sorted = sample.toSorted((a, b) => a - b);
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const value = cdf(sorted[i]!);
    // Of equal values (whole tokens) only the last step is at the value itself.
    if (sorted[i + 1] !== sorted[i]) distance = Math.max(distance, Math.abs((i + 1) / n - value));
    if (i === 0 || sorted[i - 1] !== sorted[i]) distance = Math.max(distance, Math.abs(i / n - cdf(sorted[i]! - 1e-9)));
  }
  expect(distance).toBeLessThan(1.95 / Math.sqrt(n));
}

/** z-test of the mean against its theoretical value and standard deviation. */
export function expectMean(sample: readonly number[], mean: number, deviation: number): void {
  expect(Math.abs(average(sample) - mean) / (deviation / Math.sqrt(sample.length))).toBeLessThan(4);
}

export function average(sample: readonly number[]): number {
  return sample.reduce((sum, x) => sum + x, 0) / sample.length;
}

export function coefficientOfVariation(sample: readonly number[]): number {
  const mean = average(sample);
  return Math.sqrt(average(sample.map((x) => (x - mean) ** 2))) / mean;
}

/** Pearson's chi-square against probabilities, as a standard score; cells of few expected counts are put together. */
export function expectFrequencies(sample: readonly number[], probability: (n: number) => number, from: number, to: number): void {
  const counts = new Map<number, number>();
  for (const n of sample) counts.set(n, (counts.get(n) ?? 0) + 1);
  let chiSquare = 0;
  let cells = -1;
  let expected = 0;
  let observed = 0;
  let seen = 0;
  for (let n = from; n <= to; n++) {
    expected += sample.length * probability(n);
    observed += counts.get(n) ?? 0;
    if (expected < 10 && n < to) continue;
    if (expected > 0) chiSquare += (observed - expected) ** 2 / expected;
    cells++;
    seen += observed;
    expected = 0;
    observed = 0;
  }
  expect(seen).toBe(sample.length);
  // Wilson and Hilferty's cube root makes chi-square nearly normal.
  const score = (Math.cbrt(chiSquare / cells) - (1 - 2 / (9 * cells))) / Math.sqrt(2 / (9 * cells));
  expect(score).toBeLessThan(3.3);
}

/** The normal distribution function (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
export function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-z * z);
  return x < 0 ? tail / 2 : 1 - tail / 2;
}
