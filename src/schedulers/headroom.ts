/** Strict priority that keeps slots free for the urgent: a class may start only while fewer than its ceiling run. */
import * as v from 'valibot';
import { shareRoundedUp } from '../core/exact.ts';
import { orPercent, positive } from '../core/options.ts';
import { unknownClasses } from './flows.ts';
import { orderedByClass } from './levels.ts';
import type { Policy, PolicyDefinition } from './policy.ts';
import { counting } from './running.ts';
import { lastBy } from './victims.ts';

interface Options {
  readonly ceilings: Readonly<Record<string, number>>;
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const headroom: PolicyDefinition<Options> = {
  name: 'headroom',
  summary: 'strict priority; a class starts only while fewer than its share of the slots run',
  advice: {
    choose: 'the urgent must find a free slot at once, and the server cannot preempt',
    avoid: 'the urgent are few: the slots kept for them stay empty',
    cost: 'O(classes)',
    source: 'llm-d usage ceilings; trunk reservation in telephony',
  },
  options: {
    ceilings: v.optional(v.pipe(
      v.record(name, orPercent(positive('share of maxBatchSize up to which the class may start, rounded up', 1))),
      v.description('by class; default 1'),
    ), {}),
  },
  *faults({ ceilings }, world) {
    yield* unknownClasses('ceilings', Object.keys(ceilings), world);
  },
  make({ class: classOf, classes }, { ceilings }, { maxBatchSize }): Policy {
    const priorities = classes.map((c) => c.priority);
    const most = classes.map((c) => (Object.hasOwn(ceilings, c.name) ? shareRoundedUp(ceilings[c.name]!, maxBatchSize) : maxBatchSize));
    const queue = orderedByClass(priorities, classOf);
    let running = 0;
    return counting({
      ...queue,
      next() {
        const first = queue.next();
        return first >= 0 && running < most[classOf[first]!]! ? first : -1;
      },
      victim: lastBy((request) => priorities[classOf[request]!]!),
    }, (_request, by) => void (running += by));
  },
};
