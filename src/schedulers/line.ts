/**
 * The waiting half of a policy whose queue is one line: the life cycle, made of adding somewhere and taking the first.
 */
import type { Policy } from './policy.ts';

/** Requests in the order in which they are to be admitted. */
export interface Line {
  /** The first, or -1. */
  first(): number;
  add(request: number): void;
  /** Removes the first. */
  take(): void;
}

export type WaitingHalf = Pick<Policy, 'arrive' | 'next' | 'admitted' | 'preempted' | 'withdrawn'>;

export function waitingIn(line: Line): WaitingHalf {
  /** Withdrawn, but still in line: passed over when they come to the front. */
  const gone = new Set<number>();
  // Asking a set for its size is slow in so hot a place.
  let someGone = false;
  return {
    arrive: line.add,
    preempted: line.add,
    admitted: line.take,
    next() {
      if (someGone) {
        while (gone.delete(line.first())) line.take();
        someGone = gone.size > 0;
      }
      return line.first();
    },
    withdrawn(request) {
      gone.add(request);
      someGone = true;
    },
  };
}
