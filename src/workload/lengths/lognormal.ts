/** Log-normal lengths, the usual shape of prompts; mean and CV are those of the lengths, not of their logarithm. */
import { randomLogNormal } from 'd3-random';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds, cvOption, meanOption } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly mean: number;
  readonly cv: number;
}

export const lognormal: LengthDefinition<Options> = {
  name: 'lognormal',
  summary: 'skewed, of a given mean and CV',
  options: { mean: meanOption(), cv: cvOption(), ...boundOptions },
  check: checkBounds,
  make({ mean, cv, ...bounds }, random) {
    const variance = Math.log1p(cv * cv);
    const draw = randomLogNormal.source(random)(Math.log(mean) - variance / 2, Math.sqrt(variance));
    return wholeTokens(draw, bounds);
  },
};
