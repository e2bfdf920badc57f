/** Who runs, in the order in which they will finish, where each gets one token in every step. */
import { NumberHeap } from '../core/number-heap.ts';

export class Slots {
  readonly capacity: number;
  taken = 0;
  /** Steps so far. */
  #tick = 0;
  /** Of every slot taken: tick of the last token x width + slot. */
  readonly #last = new NumberHeap();
  readonly #width: number;
  readonly #request: Int32Array;
  readonly #free: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#width = 2 ** Math.ceil(Math.log2(capacity));
    this.#request = new Int32Array(capacity);
    this.#free = Int32Array.from({ length: capacity }, (_, slot) => slot);
  }

  take(request: number, steps: number): void {
    const slot = this.#free[this.taken++]!;
    this.#request[slot] = request;
    this.#last.push((this.#tick + steps) * this.#width + slot);
  }

  /** Only meaningful while a slot is taken. */
  stepsToFinish(): number {
    return Math.floor(this.#last.min / this.#width) - this.#tick;
  }

  advance(steps: number): void {
    this.#tick += steps;
    if (this.#tick * this.#width > 2 ** 52) this.#restart();
  }

  /** Frees the slot of a request that has all its tokens and returns the request; -1 when there is none. */
  finished(): number {
    if (this.taken === 0) return -1;
    const slot = this.#last.min - this.#tick * this.#width;
    if (slot >= this.#width) return -1;
    this.#last.pop();
    this.#free[--this.taken] = slot;
    return this.#request[slot]!;
  }

  /** Counts steps from 0 again, before the entries outgrow exact integers. */
  #restart(): void {
    this.#last.subtract(this.#tick * this.#width);
    this.#tick = 0;
  }
}
