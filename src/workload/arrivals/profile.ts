/**
 * So many requests in each of a row of equal windows: the pace of a day, or of a recorded hour, as it was.
 *
 * The number in a window is exact. Where in it they come is drawn: gaps that are independent and gamma-distributed, made
 * to fill the window; with a CV of 1 that is a Poisson process given its number of arrivals (uniform order statistics).
 */
import { randomGamma } from 'd3-random';
import * as v from 'valibot';
import { positiveDuration, whole } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import { MAX_REQUESTS } from '../limits.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { checkOneOf, cvOption, loadOption } from './arrival.ts';

interface Options {
  readonly every: Micros;
  readonly counts: readonly number[];
  readonly cv?: number | undefined;
}

export const profile: ArrivalDefinition<Options> = {
  name: 'profile',
  summary: 'a given number of requests in each of a row of equal windows, then none',
  options: {
    every: v.optional(positiveDuration('length of a window')),
    load: loadOption('instead of every: what the engine is asked for, as a share of what it can take of this source; 0.8 or 80%'),
    counts: v.pipe(
      v.array(whole('requests', 0, MAX_REQUESTS)), v.minLength(1, 'needs at least one window'), v.maxLength(100_000),
      v.description('requests in each window'),
    ),
    cv: v.optional(cvOption()),
  },
  check: (options) => (options.counts.every((count) => count === 0) ? 'counts are all 0: no request would ever come' : checkOneOf('every', 'load')(options)),
  atPace: ({ counts, cv }, rate) => ({ every: Math.max(1, Math.round((inAWindow(counts) / rate) * 1e6)), counts, ...(cv !== undefined && { cv }) }),
  pace: ({ counts, every }) => (inAWindow(counts) / every) * 1e6,
  expected({ every, counts }, horizon) {
    const windows = horizon / every;
    return counts.reduce((sum, count, window) => sum + count * Math.max(0, Math.min(1, windows - window)), 0);
  },
  make({ every, counts, cv = 1 }, random) {
    const shape = 1 / (cv * cv);
    const gap = randomGamma.source(random)(shape, 1);
    let window = -1;
    let at = 0;
    let times: Float64Array = new Float64Array();
    return () => {
      while (at === times.length) {
        if (++window >= counts.length) return Infinity;
        times = within(counts[window]!, window * every, every, gap);
        at = 0;
      }
      return times[at++]!;
    };
  },
};

/** Requests in a window, on average. */
function inAWindow(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

/** Times of so many arrivals in a window, in order. */
function within(count: number, start: Micros, length: Micros, gap: () => number): Float64Array {
  const times = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) times[i] = sum += gap();
  const all = sum + gap();
  for (let i = 0; i < count; i++) times[i] = start + (all > 0 ? times[i]! / all : (i + 1) / (count + 1)) * length;
  return times;
}
