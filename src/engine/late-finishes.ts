/**
 * Requests that got their last token in the last step, where the engine sees that only after the next plan (asynchronous
 * scheduling): until then they keep their slots and blocks.
 */
import type { Batch } from './batch.ts';

export class LateFinishes {
  count = 0;
  readonly #batch: Batch;
  readonly #slots: Int32Array;
  readonly #requests: Int32Array;

  constructor(batch: Batch) {
    this.#batch = batch;
    this.#slots = new Int32Array(batch.capacity);
    this.#requests = new Int32Array(batch.capacity);
  }

  /** The request in this slot has all its tokens. */
  add(slot: number): void {
    this.#batch.finish(slot);
    this.#slots[this.count] = slot;
    this.#requests[this.count++] = this.#batch.request[slot]!;
  }

  /** Now they are seen: some still in their slots, others put back meanwhile, with their last token on its way. */
  release(running: (slot: number) => void, waiting: (request: number) => void): void {
    for (let i = 0; i < this.count; i++) {
      const slot = this.#slots[i]!;
      const request = this.#requests[i]!;
      if (this.#batch.isDone(slot) && this.#batch.request[slot] === request) running(slot);
      else waiting(request);
    }
    this.count = 0;
  }
}
