/**
 * Turns urgency that grows with the wait into a policy: first is whoever has the greatest rate x wait, equal ones by
 * arrival, then index. Within a group all have one rate, so that its first is the one that came first.
 */
import { compareProducts } from '../core/exact.ts';
import type { Micros } from '../core/time.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { Contest } from './contest.ts';
import type { Policy, Server } from './policy.ts';
import { lastAdmitted } from './victims.ts';

/** The rate of a group is `by / over`: whole numbers, of which the products of two are exact. */
export interface Rate {
  readonly by: number;
  readonly over: number;
}

/**
 * @param groupOf by request
 * @param rates by group
 */
export function orderedByGrowth(arrival: Float64Array, groupOf: (request: number) => number, rates: readonly Rate[]): Policy {
  const queues = rates.map(() => new ArrivalQueue());
  const slope = (a: number, b: number): number => rates[groupOf(a)]!.by * rates[groupOf(b)]!.over;
  const contest = new Contest(rates.length, {
    ahead(a, b, now) {
      const difference = compareProducts(slope(a, b), now - arrival[a]!, slope(b, a), now - arrival[b]!);
      return difference > 0 || (difference === 0 && a < b);
    },
    until(leader, other) {
      const [slow, fast] = [slope(leader, other), slope(other, leader)];
      if (fast <= slow) return Infinity;
      // Where the lines cross, and a little before: asked too early the answer is only the same as before.
      const lead = arrival[other]! - arrival[leader]!;
      const crossing = arrival[leader]! + (lead * fast) / (fast - slow);
      return Math.floor(crossing - Math.abs(crossing) * 1e-14) - 1;
    },
  });
  let server: Server;
  const changed = (group: number): void => contest.set(group, queues[group]!.first(), server.now);
  const add = (request: number): void => {
    const group = groupOf(request);
    queues[group]!.add(request);
    if (queues[group]!.first() === request) changed(group);
  };
  const horizonOf = (): Micros => (contest.until > server.now ? contest.until : server.now + 1);
  return {
    begin: (given) => void (server = given),
    arrive: add,
    preempted: add,
    next: () => contest.first(server.now),
    admitted(request) {
      queues[groupOf(request)]!.take();
      changed(groupOf(request));
    },
    withdrawn(request) {
      queues[groupOf(request)]!.withdraw(request);
      changed(groupOf(request));
    },
    victim: lastAdmitted,
    horizon: () => ({ time: horizonOf(), steps: Infinity }),
  };
}
