/**
 * Lengths whose mean drifts: quantiles, and how long requests are on average in each stretch of so many of them.
 *
 * A stretch has the lengths of the quantiles, its long ones more often or less so that its mean is met: a probability u
 * stands for the quantile at u^tilt. In a stretch every part of that comes up once, in random order (stratified
 * sampling), so that the work in it is what it should be, and not that give or take chance. After the last stretch the
 * first comes again.
 */
import * as v from 'valibot';
import { number, whole } from '../../core/options.ts';
import type { Random } from '../../core/random.ts';
import { MAX_TOKENS } from '../limits.ts';
import type { LengthDefinition } from './length.ts';
import { checkPoints, type Points, pointsOf, quantileAt, type Quantiles, quantilesOption } from './quantiles.ts';

interface Options {
  readonly quantiles: Quantiles;
  readonly every: number;
  readonly means: readonly number[];
}

export const drifting: LengthDefinition<Options> = {
  name: 'drifting',
  summary: 'quantiles whose mean drifts from one stretch of requests to the next',
  options: {
    quantiles: quantilesOption('probability -> tokens over all stretches, with 0 (the least) and 1 (the most), straight between'),
    every: whole('requests in a stretch', 1, 1e6),
    means: v.pipe(v.array(number('mean tokens', 1, MAX_TOKENS)), v.minLength(1, 'needs at least one stretch'), v.maxLength(100_000), v.description('mean tokens in each stretch')),
  },
  check: ({ quantiles }) => checkPoints(pointsOf(quantiles)),
  make({ quantiles, every, means }, random) {
    const points = pointsOf(quantiles);
    const tilts = means.map((mean) => tiltFor(points, mean));
    const strata = new Uint32Array(every);
    let drawn = 0;
    return () => {
      const at = drawn % every;
      if (at === 0) shuffle(strata, random);
      const tilt = tilts[Math.floor(drawn / every) % tilts.length]!;
      drawn++;
      return Math.max(1, Math.round(quantileAt(points, ((strata[at]! + random()) / every) ** tilt)));
    };
  },
};

/** Beyond these a stretch has next to nothing but its shortest, or its longest. */
const TILTS = { most: 64, steps: 40, strata: 512 } as const;

/** The tilt under which the mean is as given, by bisection; the nearest there is, where none is. */
function tiltFor(points: Points, mean: number): number {
  let [low, high] = [1 / TILTS.most, TILTS.most as number];
  for (let step = 0; step < TILTS.steps; step++) {
    const middle = Math.sqrt(low * high);
    if (meanUnder(points, middle) > mean) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

function meanUnder(points: Points, tilt: number): number {
  let sum = 0;
  for (let i = 0; i < TILTS.strata; i++) sum += quantileAt(points, ((i + 0.5) / TILTS.strata) ** tilt);
  return sum / TILTS.strata;
}

/** 0, 1, 2, … in random order (Fisher and Yates). */
function shuffle(order: Uint32Array, random: Random): void {
  for (let i = 0; i < order.length; i++) {
    const j = Math.floor(random() * (i + 1));
    order[i] = order[j]!;
    order[j] = i;
  }
}
