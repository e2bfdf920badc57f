/** A distribution of lengths as the points of its inverse distribution function, straight between them. */
import * as v from 'valibot';
import { number } from '../../core/options.ts';
import { MAX_TOKENS } from '../limits.ts';

/** Probability -> tokens. */
export type Quantiles = Readonly<Record<string, number>>;

/** In order of probability, from 0 to 1. */
export type Points = readonly Point[];

type Point = readonly [probability: number, tokens: number];

export function quantilesOption(description: string) {
  return v.pipe(
    v.record(
      v.pipe(v.string(), v.regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a probability from 0 to 1')),
      number('tokens', 1, MAX_TOKENS),
    ),
    v.description(description),
  );
}

export function pointsOf(quantiles: Quantiles): Point[] {
  return Object.entries(quantiles).map(([key, tokens]): Point => [Number(key), tokens]).sort((a, b) => a[0] - b[0]);
}

/** What is wrong with points in order; undefined: nothing. */
export function checkPoints(points: Points): string | undefined {
  if (points[0]?.[0] !== 0 || points.at(-1)?.[0] !== 1) return 'quantiles need 0 and 1, the least and the most';
  if (points.some(([p], i) => i > 0 && p === points[i - 1]![0])) return 'quantiles give one probability twice';
  return points.some(([, tokens], i) => i > 0 && tokens < points[i - 1]![1]) ? 'quantiles must not fall as the probability grows' : undefined;
}

/** The length at a probability. */
export function quantileAt(points: Points, u: number): number {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] < u) low = middle;
    else high = middle;
  }
  const [p0, least] = points[low]!;
  const [p1, most] = points[high]!;
  return least + ((most - least) * (u - p0)) / (p1 - p0);
}
