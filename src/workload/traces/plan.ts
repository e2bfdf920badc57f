/** What is read of the rows of one file: which column or key goes where. */
import type { Field, Where } from './fields.ts';
import { NEEDED, placesOf, TARGETS } from './fields.ts';
import type { TimeUnit } from './instant.ts';
import type { Wanted } from './reading.ts';
import type { TraceFormat } from './trace.ts';

/** A value that is read of every row. */
export interface Slot {
  /** What a scenario calls it: a field, or the name of a column. */
  readonly name: string;
  /** Where it is in the file: the first of these that is there. */
  readonly places: readonly string[];
}

export interface Plan {
  readonly format: TraceFormat;
  /** Of arrivals; undefined: to be seen from the first row. */
  readonly unit: TimeUnit | undefined;
  readonly slots: readonly Slot[];
  /** Slots whose texts are kept. */
  readonly texts: readonly number[];
  /** Slots of the targets, by name of the target. */
  readonly targets: readonly (readonly [target: (typeof TARGETS)[number], slot: number])[];
  readonly prefix: number;
  /** Slot of the turn before, where sessions are found by it. */
  readonly parent: number;
  readonly leftOut: readonly number[];
  /** Slots that are only counted where they say something. */
  readonly counted: readonly number[];
}

export const [ARRIVAL, PROMPT, OUTPUT] = [0, 1, 2] as const;

/** Fields that are read of every file that has them. */
const ALWAYS: readonly Field[] = ['id', 'class', 'tenant', 'session', 'parent', 'prefix', ...TARGETS];

/**
 * @param asked names of fields and columns that the scenario wants to know besides
 * @param present names of the columns of the file, or of the keys of its first row
 * @param has whether a name is among them
 */
export function planOf(
  format: TraceFormat, { unit = format.unit, asked }: Pick<Wanted, 'unit' | 'asked'>, present: readonly string[], has: (name: string) => boolean,
): Plan {
  const { fields } = format;
  const slots: Slot[] = NEEDED.map((name) => slotOf(name, fields[name] ?? []));
  const slot = (name: string, where: Where): number => {
    const known = slots.findIndex((each) => each.name === name);
    return known >= 0 ? known : slots.push(slotOf(name, where)) - 1;
  };
  const mapped = (name: string): Where => (Object.hasOwn(fields, name) ? fields[name as Field]! : name);
  const wanted = [...ALWAYS.filter((name) => placesOf(fields[name] ?? []).some(has)), ...asked];
  const places = new Map(wanted.map((name) => [name, slot(name, mapped(name))]));
  const isText = (name: string): boolean => !(TARGETS as readonly string[]).includes(name) && name !== 'prefix' && name !== 'parent';
  const texts = [...new Set(wanted.filter(isText).map((name) => places.get(name)!))].filter((at) => at > OUTPUT);
  const counted = unusedOf(format, present).filter((name) => !asked.includes(name)).map((name) => slot(name, name));
  return {
    format, unit, texts, counted,
    targets: TARGETS.filter((name) => places.has(name)).map((name) => [name, places.get(name)!]),
    prefix: places.get('prefix') ?? -1,
    parent: places.get('parent') ?? -1,
    leftOut: (format.leftOut?.reads ?? []).map((name) => slot(name, name)),
    slots,
  };
}

function slotOf(name: string, where: Where): Slot {
  return { name, places: placesOf(where) };
}

function unusedOf({ fields, unused }: TraceFormat, present: readonly string[]): readonly string[] {
  if (unused !== undefined) return unused;
  const used = new Set(Object.values(fields).flatMap(placesOf).map((name) => name.toLowerCase()));
  return present.filter((name) => !used.has(name.toLowerCase()) && ![...used].some((place) => place.startsWith(`${name.toLowerCase()}.`)));
}
