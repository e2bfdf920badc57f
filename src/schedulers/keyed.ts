/**
 * Turns a sort key into a policy: the least key is first, equal keys by arrival, then index.
 *
 * Most policies are just that. The key must not change while a request waits.
 */
import { KeyedHeap } from '../core/heap.ts';
import { waitingIn, type WaitingHalf } from './line.ts';
import { PolicyError } from './policy.ts';

/** The waiting half of a policy, ordered by `key(request)`. */
export function orderedBy(key: (request: number) => number): WaitingHalf {
  const waiting = new KeyedHeap();
  return waitingIn({
    first: () => (waiting.size > 0 ? waiting.minId : -1),
    add(request) {
      const place = key(request);
      if (Number.isNaN(place)) throw new PolicyError(`gives request ${request} a sort key that is not a number`);
      waiting.push(place, request);
    },
    take: () => waiting.pop(),
  });
}
