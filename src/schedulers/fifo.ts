/**
 * First in, first out: arrival order, whatever the class. vLLM's `fcfs`.
 *
 * When KV blocks run out, the request that was admitted last gives way and goes to the front of the queue.
 * Requests are admitted in order of arrival, so the front is its place by arrival too: a queue in index
 * order and one with push-to-front are the same.
 */
import { orderedByArrival } from './levels.ts';
import type { PolicyDefinition } from './policy.ts';

export const fifo: PolicyDefinition<object> = {
  name: 'fifo',
  summary: 'arrival order; the last admitted gives way when KV blocks run out (vLLM: fcfs)',
  options: {},
  make: () => ({
    ...orderedByArrival(),
    victim: (_running, count) => count - 1,
  }),
};
