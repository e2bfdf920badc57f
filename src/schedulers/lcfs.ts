/** Last come, first served: the latest arrival is next. Kept as the worst that an order can do to those who wait. */
import { orderedBy } from './keyed.ts';
import type { PolicyDefinition } from './policy.ts';
import { lastBy } from './victims.ts';

export const lcfs: PolicyDefinition<object> = {
  name: 'lcfs',
  summary: 'the latest arrival first; nobody is preempted for it',
  advice: {
    choose: 'answers are worth nothing unless they are fresh, or as the bound of how unfair an order can be',
    avoid: 'anybody may have to wait for long: under load the first to come wait the longest',
    cost: 'O(log waiting)',
    source: 'queueing theory; same mean wait as fifo, variance 1/(1 - load) times as large',
  },
  options: {},
  make({ arrival }) {
    const key = (request: number): number => -arrival[request]!;
    return { ...orderedBy(key), victim: lastBy(key) };
  },
};
