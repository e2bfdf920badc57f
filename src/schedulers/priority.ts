/**
 * Strict priority: by class (smaller is more urgent), then arrival. vLLM's `priority`.
 *
 * When KV blocks run out, the least urgent, latest arrived running request gives way and waits again at its
 * rank. By default nobody gives way to a waiting request, as in vLLM; with `preempt: true` a waiting request
 * goes before running ones that are less urgent by more than `minGap` (SGLang's
 * priority_scheduling_preemption_threshold), for tokens, slots and KV blocks.
 */
import * as v from 'valibot';
import { whole } from '../core/options.ts';
import { orderedByClass } from './levels.ts';
import type { Policy, PolicyDefinition, Preemption } from './policy.ts';
import { preemptOption } from './preempt-option.ts';
import { lastBy } from './victims.ts';
import { orderedWithin, type Within, withinFaults, withinOption } from './within.ts';

interface Options {
  readonly preempt: boolean;
  readonly minGap: number;
  readonly within?: Within | undefined;
}

export const priority: PolicyDefinition<Options> = {
  name: 'priority',
  summary: 'by class priority, then arrival; the least urgent, latest arrived gives way',
  advice: {
    choose: 'some requests are worth more than others, and those of least worth may wait',
    avoid: 'the urgent alone can fill the server: the others starve; take aging',
    cost: 'O(classes); with within: that of the order inside a class',
    source: 'vLLM priority; SGLang priority; Cobham 1954',
  },
  options: {
    preempt: v.optional(preemptOption, false),
    minGap: v.optional(whole('with preempt: evict only when the priorities differ by more than this', 0, 1e9), 0),
    within: withinOption,
  },
  *faults({ within }, world) {
    if (within) yield* withinFaults(within, world);
  },
  make(table, { preempt, minGap, within }, surroundings): Policy {
    const byClass = table.classes.map((c) => c.priority);
    const classOf = table.class;
    const priorityOf = (request: number): number => byClass[classOf[request]!]!;
    const isPlain = within === undefined || within.policy === 'fifo';
    const policy: Policy = {
      ...(isPlain ? orderedByClass(byClass, classOf) : orderedWithin(byClass, table, within, surroundings)),
      victim: lastBy(priorityOf),
    };
    const preemption: Preemption = { key: priorityOf, mayPreempt: (waiting, running) => priorityOf(running) - priorityOf(waiting) > minGap };
    return preempt ? { ...policy, preemption } : policy;
  },
};
