/**
 * Least slack first (least laxity): the request that can least afford to wait, by its deadline less the time that it
 * still needs alone on the engine.
 *
 * Time goes by for all alike, so "deadline - now" is left out. A running request gains on the others with every token it
 * gets: with preemption two that are equally urgent would take turns at every step, were it not for `minGap`.
 */
import * as v from 'valibot';
import { duration } from '../core/options.ts';
import type { Micros } from '../core/time.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { type Target, deadlines, targetOption } from './deadline.ts';
import { orderedBy } from './keyed.ts';
import type { Policy, PolicyDefinition, Server } from './policy.ts';
import { preemptOption } from './preempt-option.ts';
import { lastBy } from './victims.ts';

interface Options {
  readonly target: Target;
  readonly preempt: boolean;
  readonly minGap?: Micros | undefined;
}

export const slack: PolicyDefinition<Options> = {
  name: 'slack',
  summary: 'least slack first: deadline less the time that is still needed alone on the engine',
  advice: {
    choose: 'requests of very different lengths share targets, and lengths are known',
    avoid: 'lengths are a guess, or overload: as edf it serves what is late already',
    cost: 'O(log waiting); with preempt also a look at the batch',
    source: 'least laxity first, Mok 1983',
  },
  options: {
    target: targetOption,
    preempt: v.optional(preemptOption, false),
    minGap: v.optional(duration('with preempt: evict only when the slack differs by more than this; default: one decode step alone')),
  },
  make(table, { target, preempt, minGap }): Policy {
    const deadline = deadlines(table, target);
    let server: Server;
    let token: Micros = 0;
    let left: (request: number) => Micros;
    const key = (request: number): number => {
      const due = deadline(request);
      return due === Infinity ? due : due - left(request);
    };
    const queue = orderedBy(key);
    const policy: Policy = {
      ...queue,
      begin(given) {
        server = given;
        token = server.duration(1, 0, 1, 0);
        left = timeLeft(table, server, target, token);
      },
      victim: lastBy(key),
    };
    if (!preempt) return policy;
    const running = new Set<number>();
    const mayPreempt = (w: number, r: number): boolean => deadline(w) !== Infinity && key(r) - key(w) > (minGap ?? token);
    return {
      ...policy,
      admitted(request) {
        queue.admitted(request);
        running.add(request);
      },
      preempted(request) {
        running.delete(request);
        queue.preempted(request);
      },
      finished: (request) => void running.delete(request),
      preemption: { key, mayPreempt },
      horizon: () => ({ time: Infinity, steps: stepsToPreempt() }),
    };

    /** Every step of decoding takes those that run away from who is next; from when on is one of them far enough behind? */
    function stepsToPreempt(): number {
      const next = queue.next();
      if (next < 0 || deadline(next) === Infinity || token === 0) return Infinity;
      let last = -Infinity;
      for (const request of running) last = Math.max(last, key(request));
      if (last === Infinity) return Infinity;
      return Math.max(1, Math.floor(((minGap ?? token) - (last - key(next))) / token) + 1);
    }
  },
};

/** Time that a request needs alone, context left out: the step that computes what it lacks, then one for each further token. */
function timeLeft({ promptTokens, outputTokens }: RequestTable, server: Server, target: Target, token: Micros): (request: number) => Micros {
  return (request) => {
    const generated = server.generated(request);
    if (target === 'ttft' && generated > 0) return 0;
    const lacking = Math.max(1, promptTokens[request]!) + generated - server.computed(request);
    const first = generated > 0 && lacking === 1 ? token : server.duration(1, lacking, 0, 0);
    return target === 'ttft' ? first : first + (outputTokens[request]! - generated - 1) * token;
  };
}
