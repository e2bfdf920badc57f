import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { choice } from '../../src/core/choice.ts';

const number = v.pipe(v.number(), v.minValue(1));
const mapping = v.strictObject({ mean: v.number() });
const schema = choice([number, mapping], (input) =>
  typeof input === 'number' ? number : typeof input === 'object' ? mapping : 'write a number or a mapping');

const messages = (input: unknown) => v.safeParse(schema, input).issues?.map((issue) => [v.getDotPath(issue), issue.message]);

describe('a choice', () => {
  test('accepts what the chosen alternative accepts', () => {
    expect(v.parse(schema, 3)).toBe(3);
    expect(v.parse(schema, { mean: 2 })).toEqual({ mean: 2 });
  });

  test('complains as the chosen alternative does, with its path', () => {
    expect(messages(0)).toEqual([[null, expect.stringContaining('>=1')]]);
    expect(messages({ mean: 'x' })).toEqual([['mean', expect.stringContaining('number')]]);
  });

  test('says what it wants where no alternative was meant', () => {
    expect(messages('x')).toEqual([[null, 'write a number or a mapping']]);
  });
});
