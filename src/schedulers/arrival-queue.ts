/**
 * Waiting requests by arrival, then index, whoever comes back or leaves from the middle: the queue of a class or tenant
 * within a policy, which has to know at any time whether anybody is in it.
 */
import { NumberHeap } from '../core/number-heap.ts';

export class ArrivalQueue {
  readonly #heap = new NumberHeap();
  /** Withdrawn, but still in the heap: they never come back. */
  readonly #gone = new Set<number>();

  get size(): number {
    return this.#heap.size - this.#gone.size;
  }

  /** The first, or -1. */
  first(): number {
    const heap = this.#heap;
    if (this.#gone.size > 0) while (heap.size > 0 && this.#gone.delete(heap.min)) heap.pop();
    return heap.size > 0 ? heap.min : -1;
  }

  add(request: number): void {
    this.#heap.push(request);
  }

  /** Removes the first. */
  take(): void {
    this.first();
    this.#heap.pop();
  }

  /** Removes any that waits. */
  withdraw(request: number): void {
    this.#gone.add(request);
  }
}
