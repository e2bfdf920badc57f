/** Earliest deadline first: the request whose target runs out first is next. */
import * as v from 'valibot';
import { type Target, deadlines, targetOption } from './deadline.ts';
import { orderedBy } from './keyed.ts';
import type { Policy, PolicyDefinition } from './policy.ts';
import { preemptOption } from './preempt-option.ts';
import { lastBy } from './victims.ts';

interface Options {
  readonly target: Target;
  readonly preempt: boolean;
}

export const edf: PolicyDefinition<Options> = {
  name: 'edf',
  summary: 'earliest deadline first: arrival + target; requests without a target come last',
  advice: {
    choose: 'requests have targets of their own, and the server can keep up: it misses by least',
    avoid: 'overload: it spends itself on what is late already; combine it with hopeless admission',
    cost: 'O(log waiting)',
    source: 'Jackson 1955, Liu and Layland 1973; llm-d slo-deadline, Linux SCHED_DEADLINE',
  },
  options: { target: targetOption, preempt: v.optional(preemptOption, false) },
  make(table, { target, preempt }): Policy {
    const key = deadlines(table, target);
    const policy: Policy = { ...orderedBy(key), victim: lastBy(key) };
    return preempt ? { ...policy, preemption: { key, mayPreempt: (waiting, running) => key(running) > key(waiting) } } : policy;
  },
};
