/**
 * Priority that grows with the wait, so that nobody starves.
 *
 * `linear`: every `promoteAfter` of waiting is worth one step of priority. All gain alike, so the order of two requests
 * never changes. `proportional`: a class's weight times the wait (Kleinrock's delay-dependent priority), where the heavier
 * overtake.
 */
import * as v from 'valibot';
import { wholeRatios } from '../core/exact.ts';
import { positiveDuration } from '../core/options.ts';
import type { Micros } from '../core/time.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { orderedByGrowth } from './growing.ts';
import type { Policy, PolicyDefinition } from './policy.ts';
import { lastOf } from './victims.ts';

interface Options {
  readonly rule: 'linear' | 'proportional';
  readonly promoteAfter?: Micros | undefined;
}

const PROMOTE_AFTER = 5_000_000;

export const aging: PolicyDefinition<Options> = {
  name: 'aging',
  summary: 'priority that grows with the wait: by promoteAfter for a step of priority, or in proportion to the class weight',
  advice: {
    choose: 'priority, but nobody may starve: promoteAfter is how long a class waits for one step up',
    avoid: 'the urgent must come first whatever the others wait',
    cost: 'O(classes + log waiting)',
    source: 'linear: Slurm age factor; proportional: Kleinrock 1964',
  },
  options: {
    rule: v.optional(
      v.pipe(v.picklist(['linear', 'proportional']), v.description('linear: promoteAfter of waiting for each step of priority; proportional: class weight x wait, the greatest first')),
      'linear',
    ),
    promoteAfter: v.optional(positiveDuration('linear: the wait that is worth one step of priority; default 5s')),
  },
  *faults({ rule, promoteAfter }, { classes }) {
    if (rule === 'linear') return;
    if (promoteAfter !== undefined) yield { path: ['promoteAfter'], message: 'has no effect with rule: proportional', help: 'leave it out; the weights of the classes say how fast they age' };
    if (!wholeRatios(classes.map(({ weight }) => weight))) yield { path: ['rule'], message: 'cannot compare the weights of these classes exactly', help: 'give weights of fewer digits' };
  },
  make: (table, { rule, promoteAfter = PROMOTE_AFTER }) => (rule === 'linear' ? linear(table, promoteAfter) : proportional(table)),
};

function proportional({ arrival, class: classOf, classes }: RequestTable): Policy {
  const weights = wholeRatios(classes.map(({ weight }) => weight))!;
  return orderedByGrowth(arrival, (request) => classOf[request]!, weights.map((weight) => ({ by: weight, over: 1 })));
}

function linear({ arrival, class: classOf, classes }: RequestTable, promoteAfter: Micros): Policy {
  const queues = classes.map(() => new ArrivalQueue());
  const priorityOf = (request: number): number => classes[classOf[request]!]!.priority;
  /** Arrival + priority x promoteAfter, least first; a product that is rounded is beyond every difference of arrivals. */
  const before = (a: number, b: number): boolean => {
    const difference = arrival[a]! - arrival[b]! - (priorityOf(b) - priorityOf(a)) * promoteAfter;
    return difference < 0 || (difference === 0 && a < b);
  };
  const add = (request: number): void => queues[classOf[request]!]!.add(request);
  return {
    arrive: add,
    preempted: add,
    next() {
      let first = -1;
      for (const queue of queues) {
        const head = queue.first();
        if (head >= 0 && (first < 0 || before(head, first))) first = head;
      }
      return first;
    },
    admitted: (request) => queues[classOf[request]!]!.take(),
    withdrawn: (request) => queues[classOf[request]!]!.withdraw(request),
    victim: lastOf(before),
  };
}
