/**
 * What preempted requests had reached, kept while they wait: columns, since in an overload most of the
 * waiting may be such, and memory that is not touched where nobody is preempted.
 */

/** What a preempted request keeps. */
export interface Progress {
  readonly computed: number;
  readonly generated: number;
  /** Most tokens it ever had computed. */
  readonly highWater: number;
  /** End of the step of its last token; NaN before the first. */
  readonly lastToken: number;
}

export class ProgressColumns {
  readonly #known: Uint8Array;
  readonly #computed: Uint32Array;
  readonly #generated: Uint32Array;
  readonly #highWater: Uint32Array;
  readonly #lastToken: Float64Array;
  /** What `get` returns, every time: no object per request. */
  readonly #shown = { computed: 0, generated: 0, highWater: 0, lastToken: NaN };

  constructor(count: number) {
    this.#known = new Uint8Array(count);
    this.#computed = new Uint32Array(count);
    this.#generated = new Uint32Array(count);
    this.#highWater = new Uint32Array(count);
    this.#lastToken = new Float64Array(count);
  }

  set(request: number, { computed, generated, highWater, lastToken }: Progress): void {
    this.#known[request] = 1;
    this.#computed[request] = computed;
    this.#generated[request] = generated;
    this.#highWater[request] = highWater;
    this.#lastToken[request] = lastToken;
  }

  /** The request's progress when it was last preempted, until the next call; undefined if it never was. */
  get(request: number): Progress | undefined {
    if (this.#known[request] === 0) return undefined;
    const shown = this.#shown;
    shown.computed = this.#computed[request]!;
    shown.generated = this.#generated[request]!;
    shown.highWater = this.#highWater[request]!;
    shown.lastToken = this.#lastToken[request]!;
    return shown;
  }

  /** What a request had got of one kind when it was last preempted; 0 if it never was. Leaves what `get` returned as it is. */
  reached(request: number, of: 'generated' | 'computed'): number {
    return of === 'generated' ? this.#generated[request]! : this.#computed[request]!;
  }
}
