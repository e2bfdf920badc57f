/** Tells a policy that wants to know what its requests were given. */
import type { Micros } from '../core/time.ts';
import type { Policy, Stretch } from '../schedulers/policy.ts';
import type { Batch } from './batch.ts';

export class Service implements Stretch {
  steps = 0;
  time: Micros = 0;
  count = 0;
  readonly requests: Int32Array;
  readonly tokens: Int32Array;
  readonly #policy: Policy;
  readonly #batch: Batch;

  constructor(policy: Policy, batch: Batch) {
    this.#policy = policy;
    this.#batch = batch;
    this.requests = new Int32Array(batch.capacity);
    this.tokens = new Int32Array(batch.capacity);
  }

  /** To be called while those that take part are still in the batch, and what they were given has not been booked. */
  tell(steps: number, time: Micros): void {
    const batch = this.#batch;
    this.steps = steps;
    this.time = time;
    this.count = 0;
    for (let slot = batch.order.first(); slot >= 0; slot = batch.order.after(slot)) {
      const grouped = batch.isGrouped(slot);
      const planned = batch.planned[slot]!;
      if (batch.isDone(slot) || !(grouped || planned > 0)) continue;
      this.requests[this.count] = batch.request[slot]!;
      this.tokens[this.count++] = grouped ? steps : planned === batch.remaining(slot) ? 1 : 0;
    }
    this.#policy.served!(this);
  }
}
