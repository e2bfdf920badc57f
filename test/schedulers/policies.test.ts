/** Every policy of the list keeps the contract; fifo and priority order as they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICIES } from '../../src/schedulers/index.ts';
import type { Policy, Server } from '../../src/schedulers/policy.ts';
import { classesOf, policyOf, tableOf } from '../support.ts';

const CLASSES = classesOf([3, 1, 3, 7]);
const workloads = fc.array(fc.record({ arrival: fc.nat({ max: 50 }), class: fc.nat({ max: 3 }), output: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 60 })
  .map((rows) => rows.toSorted((a, b) => a.arrival - b.arrival));
/** How many requests are taken after each arrival. */
const takes = fc.array(fc.nat({ max: 3 }), { maxLength: 60 });

/** An engine in which no time passes. */
const idle: Server = {
  now: 0, maxBatchSize: 8, duration: () => 1, generated: () => 0, computed: () => 0, hold: () => {}, release: () => {}, shed: () => {},
};

/** What a policy cannot do without. */
const NEEDED: Readonly<Record<string, Record<string, unknown>>> = { quota: { slots: { c0: 1 }, borrow: true } };

/** Lets requests arrive one by one, takes some after each, puts every third back once, then drains. */
function orderOf(policy: Policy, count: number, taken: readonly number[]): number[] {
  policy.begin?.(idle);
  const order: number[] = [];
  const returned = new Set<number>();
  let waiting = 0;
  const take = (): void => {
    const head = policy.next();
    expect(policy.next()).toBe(head);
    policy.admitted(head);
    waiting--;
    order.push(head);
    if (head % 3 !== 0 || returned.has(head)) policy.finished?.(head);
  };
  for (let request = 0; request < count; request++) {
    policy.arrive(request);
    waiting++;
    for (let k = 0; k < (taken[request] ?? 0) && waiting > 0; k++) take();
    const last = order.at(-1);
    if (last !== undefined && last % 3 === 0 && !returned.has(last)) {
      returned.add(last);
      policy.preempted(last);
      waiting++;
    }
  }
  while (waiting > 0) take();
  expect(policy.next()).toBe(-1);
  return order;
}

function takeFrom(policy: Policy): number {
  const head = policy.next();
  policy.admitted(head);
  return head;
}

describe.each(POLICIES.map(({ name }) => name))('%s', (name) => {
  it('gives back every request that was put in, and says -1 when none waits', () => {
    fc.assert(fc.property(workloads, takes, (rows, taken) => {
      const order = orderOf(policyOf(name, tableOf(rows, CLASSES), NEEDED[name], 1e6), rows.length, taken);
      expect([...new Set(order)].toSorted((a, b) => a - b)).toEqual(rows.map((_, i) => i));
    }));
  });

  it('chooses a victim among those that run', () => {
    fc.assert(fc.property(workloads, (rows) => {
      const running = Int32Array.from(rows, (_, i) => rows.length - 1 - i);
      const policy = policyOf(name, tableOf(rows, CLASSES), NEEDED[name]);
      policy.begin?.(idle);
      const victim = policy.victim(running, running.length);
      expect(victim).toBeGreaterThanOrEqual(0);
      expect(victim).toBeLessThan(running.length);
    }));
  });
});

describe('order', () => {
  const drained = (policy: Policy, count: number): number[] => {
    for (let request = 0; request < count; request++) policy.arrive(request);
    return Array.from({ length: count }, () => takeFrom(policy));
  };

  it('fifo: arrival, whatever the class', () => {
    fc.assert(fc.property(workloads, (rows) => {
      expect(drained(policyOf('fifo', tableOf(rows, CLASSES)), rows.length)).toEqual(rows.map((_, i) => i));
    }));
  });

  it('priority: class, then arrival', () => {
    fc.assert(fc.property(workloads, (rows) => {
      const urgency = (i: number): number => CLASSES[rows[i]!.class]!.priority;
      expect(drained(policyOf('priority', tableOf(rows, CLASSES)), rows.length)).toEqual(
        rows.map((_, i) => i).toSorted((a, b) => urgency(a) - urgency(b) || a - b),
      );
    }));
  });

  it('fifo takes a preempted request back at the front, beyond any ring size', () => {
    const policy = policyOf('fifo', tableOf([{ arrival: 0, output: 1 }]));
    const order: number[] = [];
    for (let request = 0; request < 5000; request++) {
      policy.arrive(request);
      if (request % 2 === 0) {
        const head = takeFrom(policy);
        if (head % 3 === 0 && !order.includes(head)) policy.preempted(head);
        order.push(head);
      }
    }
    while (policy.next() >= 0) order.push(takeFrom(policy));
    const finished = order.filter((r, i) => order.indexOf(r, i + 1) === -1);
    expect(finished).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });
});

describe('preemption', () => {
  it('is never asked for without preempt', () => {
    for (const name of ['fifo', 'priority']) expect(policyOf(name, tableOf([{ arrival: 0, output: 1 }])).preemption).toBeUndefined();
  });

  it('is a strict order over the gap: nobody may evict one who may evict him', () => {
    fc.assert(fc.property(workloads, fc.nat({ max: 5 }), (rows, minGap) => {
      const { mayPreempt } = policyOf('priority', tableOf(rows, CLASSES), { preempt: true, minGap }).preemption!;
      rows.forEach((a, i) => rows.forEach((b, j) => {
        const gap = CLASSES[b.class]!.priority - CLASSES[a.class]!.priority;
        expect(mayPreempt(i, j)).toBe(gap > minGap);
        if (mayPreempt(i, j)) expect(mayPreempt(j, i)).toBe(false);
      }));
    }));
  });
});
