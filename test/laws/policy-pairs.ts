/**
 * Policies twice over: as the engine takes them, and as plain functions for the plain stepper. Those of the project, and some
 * that use every part of the contract.
 */
import type { Policy, Server } from '../../src/schedulers/policy.ts';
import type { RequestTable } from '../../src/workload/request-table.ts';
import { policyOf } from '../support.ts';
import type { PlainPolicy, PlainRequest } from './plain-stepper.ts';

export interface PolicyPair {
  readonly title: string;
  policy(table: RequestTable, seed: number): Policy;
  plain(seed: number): PlainPolicy;
}

const last = (running: readonly PlainRequest[]): PlainRequest => running[running.length - 1]!;

/** The last of those that run by (key, index). */
const greatest = (key: (r: PlainRequest) => number) => (running: readonly PlainRequest[]): PlainRequest =>
  running.reduce((worst, r) => (key(r) > key(worst) || (key(r) === key(worst) && r.index > worst.index) ? r : worst));

const urgency = (r: PlainRequest): number => r.priority;
const byPriority = { before: (a: PlainRequest, b: PlainRequest): number => a.priority - b.priority, victim: greatest(urgency) };

const ofProject = (title: string, name: string, options: Record<string, unknown>, plain: PlainPolicy): PolicyPair =>
  ({ title, policy: (table) => policyOf(name, table, options), plain: () => plain });

/** The same for every policy of a test: requests in a list that is searched. */
function listed(compare: (a: number, b: number) => number, among: (request: number) => boolean = () => true) {
  const waiting: number[] = [];
  const add = (request: number): void => void waiting.push(request);
  const drop = (request: number): void => void waiting.splice(waiting.indexOf(request), 1);
  const next = (): number => waiting.filter(among).toSorted((a, b) => compare(a, b) || a - b)[0] ?? -1;
  return { waiting, arrive: add, preempted: add, admitted: drop, withdrawn: drop, next };
}

const lastBy = (key: (request: number) => number) => (running: Int32Array, count: number): number => {
  let worst = 0;
  for (let i = 1; i < count; i++) {
    const difference = key(running[i]!) - key(running[worst]!);
    if (difference > 0 || (difference === 0 && running[i]! > running[worst]!)) worst = i;
  }
  return worst;
};

/** At most so many of a class run: it has to hear of whoever comes and goes, and may have nobody to be next while some wait. */
const quota: PolicyPair = {
  title: 'a quota by class',
  policy({ class: classOf }) {
    const running = [0, 0, 0, 0];
    const { waiting: _waiting, ...queue } = listed(() => 0, (request) => running[classOf[request]!]! < capOf(classOf[request]!));
    return {
      ...queue,
      admitted(request) {
        queue.admitted(request);
        running[classOf[request]!]!++;
      },
      preempted(request) {
        queue.preempted(request);
        running[classOf[request]!]!--;
      },
      finished: (request) => void running[classOf[request]!]!--,
      victim: (_running, count) => count - 1,
    };
  },
  plain: () => ({
    before: () => 0,
    victim: last,
    next: (waiting, running) => waiting.find((w) => running.filter((r) => r.class === w.class).length < capOf(w.class)),
  }),
};

const capOf = (classIndex: number): number => 1 + (classIndex % 3);

const QUANTUM = 7;
const levelOf = (generated: number): number => Math.floor(generated / QUANTUM);

/** Whoever has been served least goes first: it has to be told of service, and its order changes with every few tokens. */
const leastServed: PolicyPair = {
  title: 'the least served first, preempting',
  policy(table) {
    const tokens = new Uint32Array(table.count);
    const level = (request: number): number => levelOf(tokens[request]!);
    const running = new Set<number>();
    const { waiting: _waiting, ...queue } = listed((a, b) => level(a) - level(b));
    let server: Server;
    return {
      ...queue,
      begin: (given) => void (server = given),
      admitted(request) {
        queue.admitted(request);
        running.add(request);
      },
      preempted(request) {
        queue.preempted(request);
        running.delete(request);
      },
      finished: (request) => void running.delete(request),
      served({ count, requests, tokens: given }) {
        for (let i = 0; i < count; i++) tokens[requests[i]!]! += given[i]!;
      },
      victim: lastBy(level),
      preemption: {
        key(request) {
          // What it was told is what the engine knows.
          if (server.generated(request) !== tokens[request]) throw new Error(`${request} got ${server.generated(request)} tokens, and not ${tokens[request]}`);
          return level(request);
        },
        mayPreempt: (waiting, other) => level(waiting) < level(other),
      },
      horizon: () => ({ time: Infinity, steps: Math.min(...[...running].map((request) => QUANTUM - (tokens[request]! % QUANTUM))) }),
    };
  },
  plain: () => {
    const level = (r: PlainRequest): number => levelOf(r.generated ?? 0);
    return { before: (a, b) => level(a) - level(b), victim: greatest(level), mayPreempt: (w, r) => level(w) < level(r) };
  },
};

/** A number from 0 to below `below` that looks like any other. */
function chance(seed: number, what: number, of: number, below: number): number {
  let x = Math.imul(seed ^ Math.imul(what + 1, 0x9e3779b1) ^ Math.imul(of + 1, 0x85ebca6b), 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return ((x ^ (x >>> 13)) >>> 0) % below;
}

/** The adversary thinks anew at multiples of this. */
const WINDOW = 97;
const REFUSED = 'refused by chance';
const DROPPED = 'dropped by chance';

/** What the adversary does, by seed: everything that a policy may do, without any sense. */
function whims(seed: number) {
  const rank = (r: number): number => chance(seed, 8, r, 4);
  return {
    refuses: (r: number): boolean => chance(seed, 1, r, 9) === 0,
    /** A multiple of the window after its arrival, or undefined. */
    holdsUntil: (r: number, arrival: number): number | undefined =>
      chance(seed, 2, r, 5) === 0 ? WINDOW * (Math.floor(arrival / WINDOW) + 1 + chance(seed, 3, r, 5)) : undefined,
    /** It is dropped from this time on if it still waits for its first admission. */
    dropsAt: (r: number, arrival: number): number =>
      chance(seed, 4, r, 3) === 0 ? WINDOW * (Math.floor(arrival / WINDOW) + 1 + chance(seed, 5, r, 25)) : Infinity,
    sulks: (now: number): boolean => chance(seed, 6, Math.floor(now / WINDOW), 4) === 0,
    wakesUp: (now: number): number => WINDOW * (Math.floor(now / WINDOW) + 1),
    /** In the queue. Whoever may preempt more comes first, as the contract asks. */
    place: (r: number): number => 10 * rank(r) + chance(seed, 7, r, 10),
    rank,
  };
}

const adversary = (preempts: boolean): PolicyPair => ({
  title: preempts ? 'an adversary that holds back, refuses, drops and preempts' : 'an adversary that holds back, refuses and drops',
  policy(table, seed) {
    const whim = whims(seed);
    const held = new Map<number, number>();
    const fresh = new Set<number>();
    const { waiting, ...queue } = listed((a, b) => whim.place(a) - whim.place(b));
    let server: Server;
    const join = (request: number): void => {
      fresh.add(request);
      queue.arrive(request);
    };
    const policy: Policy = {
      ...queue,
      begin: (given) => void (server = given),
      arrive(request) {
        const until = whim.holdsUntil(request, server.now);
        if (whim.refuses(request)) server.shed(request, REFUSED);
        else if (until === undefined) join(request);
        else {
          held.set(request, until);
          server.hold(request);
        }
      },
      review() {
        const { now } = server;
        for (const [request, until] of held) {
          if (until > now) continue;
          held.delete(request);
          server.release(request);
          join(request);
        }
        for (const request of waiting.filter((r) => fresh.has(r) && now >= whim.dropsAt(r, table.arrival[r]!))) {
          queue.withdrawn(request);
          server.shed(request, DROPPED);
        }
      },
      next: () => (whim.sulks(server.now) ? -1 : queue.next()),
      admitted(request) {
        fresh.delete(request);
        queue.admitted(request);
      },
      victim: lastBy(whim.rank),
      horizon: () => ({ time: whim.wakesUp(server.now), steps: Infinity }),
    };
    return preempts ? { ...policy, preemption: { key: whim.rank, mayPreempt: (w, r) => whim.rank(w) < whim.rank(r) } } : policy;
  },
  plain(seed) {
    const whim = whims(seed);
    const plain: PlainPolicy = {
      before: (a, b) => whim.rank(a.index) - whim.rank(b.index),
      victim: greatest((r) => whim.rank(r.index)),
      arrives({ index, arrival }) {
        const until = whim.holdsUntil(index, arrival);
        return whim.refuses(index) ? { refused: REFUSED } : until === undefined ? undefined : { heldUntil: until };
      },
      dropped: ({ index, arrival }, now) => (now >= whim.dropsAt(index, arrival) ? DROPPED : undefined),
      next: (waiting, _running, now) =>
        (whim.sulks(now) ? undefined : waiting.toSorted((a, b) => whim.place(a.index) - whim.place(b.index) || a.index - b.index)[0]),
      wakeUp: whim.wakesUp,
    };
    return preempts ? { ...plain, mayPreempt: (w, r) => whim.rank(w.index) < whim.rank(r.index) } : plain;
  },
});

export const POLICY_PAIRS: readonly PolicyPair[] = [
  ofProject('fifo', 'fifo', {}, { before: () => 0, victim: last }),
  ofProject('priority', 'priority', {}, byPriority),
  ofProject('priority, preempting', 'priority', { preempt: true }, { ...byPriority, mayPreempt: (w, r) => r.priority > w.priority }),
  ofProject('priority, preempting over a gap', 'priority', { preempt: true, minGap: 3 }, { ...byPriority, mayPreempt: (w, r) => r.priority - w.priority > 3 }),
  quota,
  leastServed,
  adversary(false),
  adversary(true),
];
