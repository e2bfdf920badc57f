/**
 * First in, first out: arrival order, whatever the class. vLLM's `fcfs`.
 *
 * When KV blocks run out, the request that was admitted last gives way and goes to the front of the queue.
 * Requests are admitted in order of arrival, so the front is its place by arrival too: a queue in index
 * order and one with push-to-front are the same.
 */
import { orderedByArrival } from './levels.ts';
import type { PolicyDefinition } from './policy.ts';
import { lastAdmitted } from './victims.ts';

export const fifo: PolicyDefinition<object> = {
  name: 'fifo',
  summary: 'arrival order; the last admitted gives way when KV blocks run out (vLLM: fcfs)',
  advice: {
    choose: 'all requests are alike, or as what the others are measured against',
    avoid: 'long requests stand before short or urgent ones: everybody waits alike',
    cost: 'O(1)',
    source: 'vLLM fcfs; the default of every server',
  },
  options: {},
  make: () => ({
    ...orderedByArrival(),
    victim: lastAdmitted,
  }),
};
