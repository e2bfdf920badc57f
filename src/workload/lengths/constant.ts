/** Every request has the same length. */
import { whole } from '../../core/options.ts';
import { MAX_TOKENS } from '../limits.ts';
import type { LengthDefinition } from './length.ts';

interface Options {
  readonly value: number;
}

export const constant: LengthDefinition<Options> = {
  name: 'constant',
  summary: 'always the same; a bare number is short for it',
  options: { value: whole('tokens', 1, MAX_TOKENS) },
  make: ({ value }) => () => value,
};
