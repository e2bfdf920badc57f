/**
 * The requests of one source as columns, and where the memory of columns comes from.
 */
import type { Micros } from '../core/time.ts';
import type { SlaTargets } from './request-table.ts';

/** Gives the memory of a column: ordinary, or shared between threads. */
export type Allocate = (bytes: number) => ArrayBufferLike;

export const allocateOwn: Allocate = (bytes) => new ArrayBuffer(bytes);

export const allocateShared: Allocate = (bytes) => new SharedArrayBuffer(bytes);

export interface SourceColumns {
  readonly count: number;
  /** Whole microseconds, in any order. */
  readonly arrival: Float64Array;
  readonly promptTokens: Uint32Array;
  readonly outputTokens: Uint32Array;
  readonly class: Uint16Array;
  readonly tenant: Uint16Array;
  /** The position within the source that the id counts from; ascending by itself where `arrival` is. */
  readonly ordinal: Uint32Array;
  /** Row -> the targets that hold for it instead of its class's. */
  readonly slaOverrides?: ReadonlyMap<number, SlaTargets>;
  /** Row -> number of its session, 0: none. */
  readonly session?: Uint32Array;
  /** The ids of the blocks of the prompts, as in the request table. */
  readonly prefix?: { readonly start: Uint32Array; readonly length: Uint32Array; readonly ids: Uint32Array; readonly blockTokens: number };
}

/** Empty columns of a source of `count` requests; `arrival` may be there already. */
export function sourceColumns(count: number, allocate: Allocate, arrival?: Float64Array): SourceColumns {
  return {
    count,
    arrival: arrival ?? new Float64Array(allocate(8 * count)),
    promptTokens: new Uint32Array(allocate(4 * count)),
    outputTokens: new Uint32Array(allocate(4 * count)),
    class: new Uint16Array(allocate(2 * count)),
    tenant: new Uint16Array(allocate(2 * count)),
    ordinal: new Uint32Array(allocate(4 * count)),
  };
}

/** A column of times or counts whose length is not known beforehand; of doubles, where nothing else is said. */
export class GrowingColumn<Values extends Float64Array | Uint32Array = Float64Array> {
  readonly #type: new (length: number) => Values;
  #values: Values;
  #count = 0;

  constructor(expected: number, type: new (length: number) => Values = Float64Array as unknown as new (length: number) => Values) {
    this.#type = type;
    this.#values = new type(Math.max(16, expected));
  }

  get count(): number {
    return this.#count;
  }

  push(value: Micros | number): void {
    if (this.#count === this.#values.length) {
      const grown = new this.#type(Math.ceil(this.#count * 1.5));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count++] = value;
  }

  /** The values so far, in memory that the column goes on to use. */
  view(): Values {
    return this.#values.subarray(0, this.#count) as Values;
  }

  /** A copy of exactly the values so far. */
  copy(allocate: Allocate): Float64Array {
    const copy = new Float64Array(allocate(8 * this.#count));
    copy.set(this.view());
    return copy;
  }
}
