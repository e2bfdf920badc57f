/**
 * Turns classes of requests into a policy: the first class with anybody waiting is first, within it arrival,
 * then index. As `orderedBy` with the class's rank as the key, but a queue per rank instead of one heap: its
 * price does not grow with the queue.
 */
import { IndexQueue } from '../core/index-queue.ts';
import type { Policy } from './policy.ts';

/**
 * The waiting half of a policy.
 *
 * @param keys one per class; classes of equal key wait in one queue, the least key is first
 * @param classOf class by request
 */
export function orderedByClass(keys: readonly number[], classOf: Uint16Array): Pick<Policy, 'enqueue' | 'peek' | 'take'> {
  const levels = new Map([...new Set(keys)].sort((a, b) => a - b).map((key, level) => [key, level]));
  const levelOf = Uint16Array.from(keys, (key) => levels.get(key)!);
  const queues = Array.from(levels, () => new IndexQueue());
  // No level before it has anybody waiting.
  let first = 0;
  return {
    enqueue(request) {
      const level = levelOf[classOf[request]!]!;
      queues[level]!.add(request);
      if (level < first) first = level;
    },
    peek() {
      while (first < queues.length - 1 && queues[first]!.size === 0) first++;
      return queues[first]!.size > 0 ? queues[first]!.first : -1;
    },
    take() {
      while (queues[first]!.size === 0) first++;
      return queues[first]!.take();
    },
  };
}
