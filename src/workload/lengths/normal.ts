/** Normal lengths around a mean. With a CV above 0.3 the part below 1 token matters: set min to truncate it. */
import { randomNormal } from 'd3-random';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds, cvOption, meanOption } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly mean: number;
  readonly cv: number;
}

export const normal: LengthDefinition<Options> = {
  name: 'normal',
  summary: 'bell-shaped, of a given mean and CV',
  options: { mean: meanOption(), cv: cvOption(), ...boundOptions },
  check: checkBounds,
  make: ({ mean, cv, ...bounds }, random) => wholeTokens(randomNormal.source(random)(mean, cv * mean), bounds),
};
