/**
 * Turns a sort key into a policy: the least key is first, equal keys by arrival, then index.
 *
 * Most policies are just that. The key must not change while a request waits.
 */
import { KeyedHeap } from '../core/heap.ts';
import type { Policy } from './policy.ts';

/** The waiting half of a policy, ordered by `key(request)`. */
export function orderedBy(key: (request: number) => number): Pick<Policy, 'enqueue' | 'peek' | 'take'> {
  const waiting = new KeyedHeap();
  return {
    enqueue: (request) => waiting.push(key(request), request),
    peek: () => (waiting.size > 0 ? waiting.minId : -1),
    take: () => waiting.pop(),
  };
}
