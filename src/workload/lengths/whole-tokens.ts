/**
 * From a distribution over the numbers to one over whole tokens.
 *
 * A draw is rounded to the nearest whole number. Without bounds, what is below 1 becomes 1 (and what is above
 * MAX_TOKENS becomes that). `min` and `max` truncate in the strict sense: the rounded draw is conditioned on
 * lying within them, by drawing again; nothing piles up at the bounds. Only after TRIES draws in a row have missed
 * (less than 1 in 20,000 times, where a twentieth of the distribution lies within the bounds) is the last one moved to
 * the nearer bound; where that goes on and on, the bounds are refused.
 */
import { MAX_TOKENS } from '../limits.ts';
import { Rejections } from '../rejections.ts';
import type { Bounds, DrawTokens } from './length.ts';

const TRIES = 200;

/** The tokens throw TooRare where the bounds leave next to nothing of the distribution. */
export function wholeTokens(draw: () => number, { min, max }: Bounds = {}): DrawTokens {
  const least = min ?? -Infinity;
  const most = max ?? Infinity;
  const floor = min ?? 1;
  const ceiling = max ?? MAX_TOKENS;
  const rejections = new Rejections();
  return () => {
    let tokens = 0;
    for (let tries = 0; tries < TRIES; tries++) {
      tokens = Math.round(draw());
      if (tokens >= least && tokens <= most) break;
      rejections.rejected();
    }
    rejections.kept();
    return tokens < floor ? floor : tokens > ceiling ? ceiling : tokens;
  };
}
