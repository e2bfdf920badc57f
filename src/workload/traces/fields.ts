/**
 * What a row of a trace can say of a request, and where in a file it says so.
 */
import { isMapping } from '../../core/choice.ts';

/** Everything that a format may map, under the names that a scenario uses. */
export const FIELDS = {
  arrival: 'when it arrived',
  promptTokens: 'tokens of the prompt',
  outputTokens: 'tokens of the output',
  id: 'its id',
  class: 'its class',
  tenant: 'whose it is',
  session: 'the conversation it belongs to',
  parent: 'the turn of the conversation before it',
  turn: 'its place in the conversation',
  model: 'the model it asked for',
  type: 'its kind',
  prefix: 'ids of the blocks of its prompt',
  latency: 'most time to its last token',
  ttft: 'most time to its first token',
  tpot: 'most time per output token',
} as const;

export type Field = keyof typeof FIELDS;

/** What every request has: a format maps these, or its files hold no requests. */
export const NEEDED = ['arrival', 'promptTokens', 'outputTokens'] as const satisfies readonly Field[];

/** Fields that are targets, and so times. */
export const TARGETS = ['latency', 'ttft', 'tpot'] as const satisfies readonly Field[];

/**
 * Where a field is in the file: the heading of a column, or a key; the first of several that is there. A dot leads
 * into an object, unless a key with the dot in it is there.
 */
export type Where = string | readonly string[];

export type FieldMap = Readonly<Partial<Record<Field, Where>>>;

export function placesOf(where: Where): readonly string[] {
  return typeof where === 'string' ? [where] : where;
}

/** The value of a key of a JSON object, or of a path into it; undefined where it is not there. Only own keys are looked at. */
export function valueAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const inner = Object.hasOwn(record, path.slice(0, dot)) ? record[path.slice(0, dot)] : undefined;
  return isMapping(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

/** Whether a cell or a value says anything: not where it is empty, nothing, none, 0 or false. */
export function saysSomething(value: unknown): boolean {
  if (typeof value === 'string') return !NOTHING.test(value);
  return value !== undefined && value !== null && value !== 0 && value !== false;
}

const NOTHING = /^\s*(0+(\.0+)?|false|none|null|nan)?\s*$/i;
