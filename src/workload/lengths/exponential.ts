/** Exponential lengths, rounded: memoryless, a long tail with CV 1. */
import { randomExponential } from 'd3-random';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds, meanOption } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly mean: number;
}

export const exponential: LengthDefinition<Options> = {
  name: 'exponential',
  summary: 'memoryless, rounded to whole tokens',
  options: { mean: meanOption(), ...boundOptions },
  check: checkBounds,
  make: ({ mean, ...bounds }, random) => wholeTokens(randomExponential.source(random)(1 / mean), bounds),
};
