/**
 * Zipf lengths: P(n) ∝ n^-exponent for n from min to max.
 *
 * Drawn by rejection-inversion (Hörmann and Derflinger 1996): invert the integral of the density, round, and
 * accept by the area between the two; more than nine in ten are accepted. Lengths are taken in units of min, so
 * that no digits are lost where min is large.
 */
import * as v from 'valibot';
import { number, whole } from '../../core/options.ts';
import { MAX_TOKENS } from '../limits.ts';
import { Rejections } from '../rejections.ts';
import type { LengthDefinition } from './length.ts';
import { checkBounds } from './length.ts';

interface Options {
  readonly exponent: number;
  readonly min: number;
  readonly max: number;
}

export const zipf: LengthDefinition<Options> = {
  name: 'zipf',
  summary: 'P(n) proportional to n^-exponent, from min to max',
  options: {
    exponent: number('how fast longer ones get rarer; 0: all alike', 0, 10),
    min: v.optional(whole('least tokens', 1, MAX_TOKENS), 1),
    max: whole('most tokens, inclusive', 1, MAX_TOKENS),
  },
  check: checkBounds,
  make({ exponent, min, max }, random) {
    const density = (x: number) => Math.exp(-exponent * Math.log(x));
    /** ∫ x^-exponent dx, 0 at x = 1, without a special case at exponent 1. */
    const integral = (x: number) => {
      const log = Math.log(x);
      return log * ratio(Math.expm1, (1 - exponent) * log);
    };
    const inverse = (area: number) => Math.exp(area * ratio(Math.log1p, Math.max(-1, area * (1 - exponent))));
    const left = integral((min + 0.5) / min) - density(1) / min;
    const right = integral((max + 0.5) / min);
    const rejections = new Rejections();
    return () => {
      for (;; rejections.rejected()) {
        const area = right + random() * (left - right);
        const n = Math.min(max, Math.max(min, Math.round(min * inverse(area))));
        if (area >= integral((n + 0.5) / min) - density(n / min) / min) {
          rejections.kept();
          return n;
        }
      }
    };
  },
};

/** f(x) / x for a function with f(0) = 0 and f'(0) = 1. */
function ratio(f: (x: number) => number, x: number): number {
  return x === 0 ? 1 : f(x) / x;
}
