/**
 * First in, first out: arrival order, whatever the class. vLLM's `fcfs`.
 *
 * When KV blocks run out, the request that was admitted last gives way and goes to the front of the queue.
 * Requests are admitted in order of arrival, so the front is its place by arrival too: a queue in index
 * order and one with push-to-front are the same.
 */
import type { Policy, PolicyDefinition } from './policy.ts';

/** A ring of request indices that also takes requests back at the front. */
class Queue implements Policy {
  #ring = new Uint32Array(1024);
  #head = 0;
  #size = 0;

  enqueue(request: number): void {
    if (this.#size === this.#ring.length) this.#grow();
    const mask = this.#ring.length - 1;
    if (this.#size > 0 && request < this.#ring[this.#head]!) {
      this.#head = (this.#head - 1) & mask;
      this.#ring[this.#head] = request;
    } else {
      this.#ring[(this.#head + this.#size) & mask] = request;
    }
    this.#size++;
  }

  peek(): number {
    return this.#size > 0 ? this.#ring[this.#head]! : -1;
  }

  take(): number {
    const request = this.#ring[this.#head]!;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#size--;
    return request;
  }

  victim(_running: Int32Array, count: number): number {
    return count - 1;
  }

  #grow(): void {
    const ring = new Uint32Array(this.#ring.length * 2);
    for (let i = 0; i < this.#size; i++) ring[i] = this.#ring[(this.#head + i) & (this.#ring.length - 1)]!;
    this.#ring = ring;
    this.#head = 0;
  }
}

export const fifo: PolicyDefinition<object> = {
  name: 'fifo',
  summary: 'arrival order; the last admitted gives way when KV blocks run out (vLLM: fcfs)',
  options: {},
  make: () => new Queue(),
};
