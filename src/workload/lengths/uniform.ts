/** Every whole number from min to max, both included, is as likely as the others. */
import { randomInt } from 'd3-random';
import { whole } from '../../core/options.ts';
import { MAX_TOKENS } from '../limits.ts';
import type { LengthDefinition } from './length.ts';
import { checkBounds } from './length.ts';

interface Options {
  readonly min: number;
  readonly max: number;
}

export const uniform: LengthDefinition<Options> = {
  name: 'uniform',
  summary: 'every whole number from min to max alike',
  options: { min: whole('least tokens', 1, MAX_TOKENS), max: whole('most tokens, inclusive', 1, MAX_TOKENS) },
  check: checkBounds,
  make: ({ min, max }, random) => randomInt.source(random)(min, max + 1),
};
