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

interface Options {
  readonly preempt: boolean;
  readonly minGap: number;
}

export const priority: PolicyDefinition<Options> = {
  name: 'priority',
  summary: 'by class priority, then arrival; the least urgent, latest arrived gives way',
  options: {
    preempt: v.optional(
      v.pipe(v.boolean(), v.description('a step goes to the more urgent first: tokens by letting others pause, slots and KV blocks by evicting them')),
      false,
    ),
    minGap: v.optional(whole('with preempt: evict only when the priorities differ by more than this', 0, 1e9), 0),
  },
  make(table, { preempt, minGap }): Policy {
    const byClass = table.classes.map((c) => c.priority);
    const classOf = table.class;
    const priorityOf = (request: number): number => byClass[classOf[request]!]!;
    const policy: Policy = {
      ...orderedByClass(byClass, classOf),
      victim(running, count) {
        let worst = 0;
        let least = priorityOf(running[0]!);
        for (let i = 1; i < count; i++) {
          const other = priorityOf(running[i]!);
          // The index is the order of arrival. A strict order matters: equals that evicted each other would never end.
          if (other > least || (other === least && running[i]! > running[worst]!)) {
            worst = i;
            least = other;
          }
        }
        return worst;
      },
    };
    const preemption: Preemption = { key: priorityOf, mayPreempt: (waiting, running) => priorityOf(running) - priorityOf(waiting) > minGap };
    return preempt ? { ...policy, preemption } : policy;
  },
};
