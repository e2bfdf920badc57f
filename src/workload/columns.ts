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

/** A column of times or counts whose length is not known beforehand. */
export class GrowingColumn {
  #values: Float64Array;
  #count = 0;

  constructor(expected: number) {
    this.#values = new Float64Array(Math.max(16, expected));
  }

  get count(): number {
    return this.#count;
  }

  push(value: Micros | number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(Math.ceil(this.#count * 1.5));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count++] = value;
  }

  /** The values so far, in memory that the column goes on to use. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }

  /** A copy of exactly the values so far. */
  copy(allocate: Allocate): Float64Array {
    const copy = new Float64Array(allocate(8 * this.#count));
    copy.set(this.view());
    return copy;
  }
}
