/**
 * The ids of the blocks that the prompts of a trace are made of: equal ids, equal text up to there. Kept as they are for
 * whoever caches prefixes.
 */
import { GrowingColumn } from '../columns.ts';

export interface PrefixIds {
  /** Row -> where its ids begin in `ids`, and how many there are. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
  readonly ids: Uint32Array;
}

/** Ids that are no whole number below this are numbered from here. */
const NUMBERED_FROM = 2 ** 31;

export class PrefixColumn {
  readonly #start = new GrowingColumn(1024, Uint32Array);
  readonly #length = new GrowingColumn(1024, Uint32Array);
  readonly #ids = new GrowingColumn(4096, Uint32Array);
  readonly #numbers = new Map<number | string, number>();

  /** Whether the value is a list of ids, by itself or by kind of text, or a cell of them, or nothing. */
  accepts(value: unknown): boolean {
    return partsOf(value)?.every((part) => Array.isArray(part) && part.every((id) => typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id)))) ?? false;
  }

  /** Adds a value that it accepts. */
  push(value: unknown): void {
    const before = this.#ids.count;
    this.#start.push(before);
    for (const part of partsOf(value)!) for (const id of part as readonly (number | string)[]) this.#ids.push(this.#numberOf(id));
    this.#length.push(this.#ids.count - before);
  }

  #numberOf(id: number | string): number {
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < NUMBERED_FROM) return id;
    let number = this.#numbers.get(id);
    if (number === undefined) this.#numbers.set(id, (number = NUMBERED_FROM + this.#numbers.size));
    return number;
  }

  ids(): PrefixIds {
    return { start: this.#start.view(), length: this.#length.view(), ids: this.#ids.view() };
  }
}

/** The lists that a value is made of; undefined: it is nothing of the kind. */
function partsOf(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) return [value];
  if (typeof value === 'string') {
    return [value.split(/[\s;,[\]]+/).filter((id) => id !== '').map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : id))];
  }
  return typeof value === 'object' ? Object.values(value) : undefined;
}
