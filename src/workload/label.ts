/** Names that a person gives, and mixes of them, as a scenario writes them. */
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import { number, orPercent } from '../core/options.ts';

export const text = (description: string) => v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(200), v.description(description));

/** A name that a person gives; a number is taken as its digits. */
export function label(description: string) {
  const digits = v.pipe(v.number(), v.transform(String));
  const name = text(description);
  return choice([name, digits], (input) => (typeof input === 'number' ? digits : name));
}

const sharesSchema = v.pipe(
  v.record(text('a name'), orPercent(number('share, relative to the others', 0, 1e9))),
  v.check((shares) => Object.values(shares).some((share) => share !== 0), 'needs at least one share above 0'),
);

/** One name, or names with shares. */
export function mixSchema(description: string) {
  const name = label(description);
  return choice([name, sharesSchema], (input) => (isMapping(input) ? sharesSchema : name));
}
