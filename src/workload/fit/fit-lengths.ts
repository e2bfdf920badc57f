/**
 * Lengths like those of some requests: one number, a lognormal where that is as good as any, else quantiles; drifting, where
 * the mean of a stretch says more than chance.
 */
import { moments } from '../../core/statistics.ts';
import { randomStream } from '../../core/random.ts';
import { definitionOf } from '../definition.ts';
import { LENGTHS } from '../lengths/index.ts';
import { ksDistance } from './distance.ts';
import { rounded } from './fit-arrivals.ts';
import { drifts, excess } from './stationary.ts';

export type WrittenLengths = number | ({ readonly distribution: string } & Readonly<Record<string, unknown>>);

const MOST_STRETCHES = 200;
const PER_STRETCH = 100;

/** @param tokens in order of arrival, not empty */
export function fitLengths(tokens: Uint32Array): WrittenLengths {
  const sorted = Float64Array.from(tokens).sort();
  const { mean, squares, count, min, max } = moments(sorted, sorted.length);
  if (min === max) return min;
  const every = Math.max(PER_STRETCH, Math.ceil(count / MOST_STRETCHES));
  const means = meansOf(tokens, every);
  const quantiles = quantilesOf(sorted);
  if (means.length >= 8 && drifts(excess(means.subarray(0, Math.floor(count / every)), squares / count / every), means.length)) {
    return { distribution: 'drifting', quantiles, every, means: Array.from(means, (value) => Math.max(1, rounded(value))) };
  }
  const lognormal = { distribution: 'lognormal', mean: rounded(Math.max(1, mean)), cv: rounded(Math.sqrt(squares / count) / mean), min: Math.max(1, min), max };
  return distanceOf(lognormal, sorted) < AS_GOOD ? lognormal : { distribution: 'empirical', quantiles };
}

/** Below this a sample of 20,000 is hardly told from the fitted distribution. */
const AS_GOOD = 0.015;
const DRAWN = 20_000;

function distanceOf({ distribution, ...options }: { readonly distribution: string }, sorted: Float64Array): number {
  const draw = definitionOf(LENGTHS, distribution).make(options as never, randomStream('fit', distribution));
  return ksDistance(sorted, Float64Array.from({ length: DRAWN }, draw).sort());
}

/** Means of stretches of so many; the last one may be shorter. */
function meansOf(tokens: Uint32Array, every: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(tokens.length / every) }, (_, stretch) => {
    const of = tokens.subarray(stretch * every, (stretch + 1) * every);
    return of.reduce((sum, value) => sum + value, 0) / of.length;
  });
}

const MOST_POINTS = 48;
/** Probabilities that points are chosen from; a quarter of them in the upper hundredth, where the longest are. */
const GRID = [...Array.from({ length: 750 }, (_, i) => (i / 750) * 0.99), ...Array.from({ length: 251 }, (_, i) => 0.99 + (i / 250) * 0.01)];

/** The points of the inverse distribution function that keep the area between it and straight lines least. */
function quantilesOf(sorted: Float64Array): Record<string, number> {
  const at = (p: number) => Math.max(1, sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!);
  const values = GRID.map(at);
  const chosen = [0, GRID.length - 1];
  while (chosen.length < MOST_POINTS) {
    const [worst] = chosen.slice(1).map((to, i) => splitOf(values, chosen[i]!, to)).sort((a, b) => b.area - a.area);
    if (worst === undefined || worst.area === 0) break;
    chosen.push(worst.at);
    chosen.sort((a, b) => a - b);
  }
  return Object.fromEntries(chosen.map((index) => [String(Number(GRID[index]!.toFixed(5))), values[index]!]));
}

/** Where a straight line between two points is furthest off, and the area between it and the values. */
function splitOf(values: readonly number[], from: number, to: number): { at: number; area: number } {
  let [at, furthest, area] = [from, 0, 0];
  for (let i = from + 1; i < to; i++) {
    const straight = values[from]! + ((values[to]! - values[from]!) * (GRID[i]! - GRID[from]!)) / (GRID[to]! - GRID[from]!);
    const off = Math.abs(values[i]! - straight);
    area += off * (GRID[i + 1]! - GRID[i]!);
    if (off > furthest) [at, furthest] = [i, off];
  }
  return { at, area };
}
