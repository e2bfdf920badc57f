/**
 * Turns classes of requests into a policy: the first class with anybody waiting is first, within it arrival,
 * then index. As `orderedBy` with the class's rank as the key, but a queue per rank instead of one heap: its
 * price does not grow with the queue.
 */
import { IndexQueue } from '../core/index-queue.ts';
import { waitingIn, type WaitingHalf } from './line.ts';

/**
 * The waiting half of a policy.
 *
 * @param keys one per class; classes of equal key wait in one queue, the least key is first
 * @param classOf class by request
 */
export function orderedByClass(keys: readonly number[], classOf: Uint16Array): WaitingHalf {
  const levels = new Map([...new Set(keys)].sort((a, b) => a - b).map((key, level) => [key, level]));
  const levelOf = Uint16Array.from(keys, (key) => levels.get(key)!);
  const queues = Array.from(levels, () => new IndexQueue());
  // No level before it has anybody waiting.
  let least = 0;
  return waitingIn({
    first() {
      while (least < queues.length - 1 && queues[least]!.size === 0) least++;
      return queues[least]!.size > 0 ? queues[least]!.first : -1;
    },
    add(request) {
      const level = levelOf[classOf[request]!]!;
      queues[level]!.add(request);
      if (level < least) least = level;
    },
    take() {
      while (queues[least]!.size === 0) least++;
      queues[least]!.take();
    },
  });
}

/** The waiting half of a policy that looks at nothing but arrival. */
export function orderedByArrival(): WaitingHalf {
  const queue = new IndexQueue();
  return waitingIn({
    first: () => (queue.size > 0 ? queue.first : -1),
    add: (request) => queue.add(request),
    take: () => void queue.take(),
  });
}
