/** Slots of its own for each class; what a class does not use, others may borrow where they are let. */
import * as v from 'valibot';
import { scaledToWhole } from '../core/exact.ts';
import { positive, whole } from '../core/options.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { unknownClasses } from './flows.ts';
import type { OptionFault, Policy, PolicyDefinition, World } from './policy.ts';
import { counting } from './running.ts';
import { lastAdmitted } from './victims.ts';

type ByClass = Readonly<Record<string, number>>;

interface Options {
  readonly slots?: ByClass | undefined;
  readonly shares?: ByClass | undefined;
  readonly borrow: boolean;
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const quota: PolicyDefinition<Options> = {
  name: 'quota',
  summary: 'slots of its own for each class, by number or by shares; borrow lets others use what is free',
  advice: {
    choose: 'a class must have its part of the server at any time, whatever the others do',
    avoid: 'load moves between classes: without borrow slots stay empty while others wait',
    cost: 'O(classes + log waiting)',
    source: 'Kubernetes API Priority and Fairness; Kueue nominalQuota',
  },
  options: {
    slots: v.optional(v.pipe(v.record(name, whole('slots of the class', 0, 1e6)), v.description('own slots by class; classes not named: 0'))),
    shares: v.optional(v.pipe(v.record(name, positive('share of maxBatchSize, relative to the others', 1e6)), v.description('instead of slots: shares of maxBatchSize, by largest remainder'))),
    borrow: v.optional(v.pipe(v.boolean(), v.description('when nobody below a quota waits, the first of all may use a free slot')), false),
  },
  faults: quotaFaults,
  make(table, options, { maxBatchSize }): Policy {
    const { class: classOf, classes } = table;
    const own = ownSlots(options, { classes, maxBatchSize });
    const running = classes.map(() => 0);
    const queues = classes.map(() => new ArrivalQueue());
    const firstOf = (isIn: (index: number) => boolean): number => {
      let first = -1;
      for (const [index, queue] of queues.entries()) {
        const head = isIn(index) ? queue.first() : -1;
        if (head >= 0 && (first < 0 || head < first)) first = head;
      }
      return first;
    };
    const add = (request: number): void => queues[classOf[request]!]!.add(request);
    return counting({
      arrive: add,
      preempted: add,
      next() {
        const below = firstOf((index) => running[index]! < own[index]!);
        return below < 0 && options.borrow ? firstOf(() => true) : below;
      },
      admitted: (request: number) => queues[classOf[request]!]!.take(),
      withdrawn: (request: number) => queues[classOf[request]!]!.withdraw(request),
      victim: lastAdmitted,
    }, (request, by) => void (running[classOf[request]!]! += by));
  },
};

/** Slots by class, in the order of the classes. */
function ownSlots({ slots, shares = {} }: Options, { classes, maxBatchSize }: World): number[] {
  if (slots) return classes.map((c) => (Object.hasOwn(slots, c.name) ? slots[c.name]! : 0));
  const { whole: parts } = scaledToWhole(classes.map((c) => (Object.hasOwn(shares, c.name) ? shares[c.name]! : 0)));
  const total = parts.reduce((sum, part) => sum + part, 0n);
  if (total === 0n) return classes.map(() => 0);
  const exact = parts.map((part) => part * BigInt(maxBatchSize));
  const given = exact.map((part) => Number(part / total));
  const left = maxBatchSize - given.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact.map((part, index) => ({ rest: part % total, index })).toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) given[index]!++;
  return given;
}

function* quotaFaults(options: Options, world: World): Generator<OptionFault> {
  const { slots, shares, borrow } = options;
  if (!slots === !shares) {
    yield { path: shares ? ['shares'] : [], message: shares ? 'stands beside slots' : 'needs slots or shares', help: 'say slots: { high: 4, low: 2 }, or shares: { high: 2, low: 1 }' };
    return;
  }
  const option = slots ? 'slots' : 'shares';
  yield* unknownClasses(option, Object.keys((slots ?? shares)!), world);
  if (borrow) return;
  const own = ownSlots(options, world);
  for (const [index, { name: each }] of world.classes.entries()) {
    if (own[index] === 0) yield { path: [option], message: `leaves ${each} without a slot, so that it can never run`, help: `give it one, or say borrow: true` };
  }
}
