/** Tokens until a coin comes up: P(n) = p(1 - p)^(n - 1) on 1, 2, …, p = 1/mean. The discrete memoryless length. */
import { randomGeometric } from 'd3-random';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds, meanOption } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly mean: number;
}

export const geometric: LengthDefinition<Options> = {
  name: 'geometric',
  summary: 'memoryless, on 1, 2, 3, …',
  options: { mean: meanOption(), ...boundOptions },
  check: checkBounds,
  make: ({ mean, ...bounds }, random) => wholeTokens(randomGeometric.source(random)(1 / mean), bounds),
};
