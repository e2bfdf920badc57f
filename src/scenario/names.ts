/**
 * Names that others refer to: of classes and of schedulers.
 *
 * They stand in expectations (`priority.high.latency.p95`), in tables and as JSON keys. Beginning with a
 * letter, none is taken for a number, and none changes its place among the keys of a JavaScript object.
 */
import * as v from 'valibot';

/** Whether every JavaScript object or function has a property of this name: never a key of a scenario. */
export function isReserved(name: string): boolean {
  return name === 'prototype' || name in Object.prototype;
}

/** The schema of such a name. */
export function nameSchema(description: string) {
  return v.pipe(
    v.string(),
    v.regex(/^\p{L}[\p{L}\p{M}\p{N}_-]{0,63}$/u, 'must be a name; begin with a letter of any script, go on with letters, digits, - or _, up to 64 in all'),
    v.check((name) => name !== 'all', 'must not be all; in expectations that means all classes together'),
    v.check((name) => !isReserved(name), 'is reserved; choose another name'),
    v.description(description),
  );
}

/** Whether a top-level key is the user's own: `x-common`. */
export function isExtension(key: string): boolean {
  return EXTENSION.test(key);
}

export const EXTENSION = /^x-/;
