/** Reading JSON that others wrote, a member at a time, without trusting its shape. */
import { unusableRun } from './measured-run.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of JSON text, undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value at a path of keys; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner: unknown, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The first of the values that is a whole number from `least`; undefined when none is. */
export function wholeOf(least: number, ...values: readonly unknown[]): number | undefined {
  return values.find((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= least);
}

export function textOf(...values: readonly unknown[]): string | null {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}

export function flagOf(...values: readonly unknown[]): boolean | undefined {
  return values.find((value): value is boolean => typeof value === 'boolean');
}

/**
 * A list of numbers, one a request.
 *
 * @throws FaultError when it is there but is not that
 */
export function numbersOf(document: JsonObject, key: string, count: number): number[] {
  const list = document[key];
  if (!Array.isArray(list) || list.length !== count || !list.every((each) => typeof each === 'number' && Number.isFinite(each))) {
    throw unusableRun(`${key} is not a list of ${count} numbers`);
  }
  return list as number[];
}
