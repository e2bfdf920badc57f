/** The running in order of admission: a doubly linked list of slots, whose sentinel is the slot behind the last. */
export class AdmissionOrder {
  readonly #sentinel: number;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;

  constructor(capacity: number) {
    this.#sentinel = capacity;
    this.#next = new Int32Array(capacity + 1).fill(capacity);
    this.#previous = new Int32Array(capacity + 1).fill(capacity);
  }

  /** Slot of the request admitted first, or -1. */
  first(): number {
    return this.#slot(this.#next[this.#sentinel]!);
  }

  /** Slot of the request admitted last, or -1. */
  last(): number {
    return this.#slot(this.#previous[this.#sentinel]!);
  }

  /** Slot of the request admitted next after this one, or -1. */
  after(slot: number): number {
    return this.#slot(this.#next[slot]!);
  }

  append(slot: number): void {
    const last = this.#previous[this.#sentinel]!;
    this.#next[last] = slot;
    this.#previous[slot] = last;
    this.#next[slot] = this.#sentinel;
    this.#previous[this.#sentinel] = slot;
  }

  remove(slot: number): void {
    const next = this.#next[slot]!;
    const previous = this.#previous[slot]!;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #slot(linked: number): number {
    return linked === this.#sentinel ? -1 : linked;
  }
}
