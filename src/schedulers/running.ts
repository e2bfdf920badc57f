/** Counts those that run, by whatever a policy tells apart: its life cycle, counted on the way. */
import type { Policy } from './policy.ts';

type Life = Pick<Policy, 'admitted' | 'preempted' | 'finished'>;

/** @param change told of everyone who begins (1) or ceases (-1) to run */
export function counting<Part extends Life>(policy: Part, change: (request: number, by: 1 | -1) => void): Part & Life {
  return {
    ...policy,
    admitted(request) {
      policy.admitted(request);
      change(request, 1);
    },
    preempted(request) {
      change(request, -1);
      policy.preempted(request);
    },
    finished: (request) => change(request, -1),
  };
}
