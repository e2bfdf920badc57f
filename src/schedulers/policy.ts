/**
 * The contract between a policy and the engine.
 *
 * A policy orders the waiting requests; the engine owns slots, token budget, KV blocks, clock and batch. Requests are row
 * numbers of the RequestTable. Every order ends in arrival, then index, and none draws a random number.
 *
 * The life of a request as the policy hears of it: it `arrive`s; being `next` it is `admitted`; it may be `preempted`,
 * which puts it back into the queue, any number of times; in the end it has `finished`, or was `withdrawn` from the queue.
 * Most policies are a sort key, and `orderedBy` makes all of that of it.
 */
import type { GenericSchema } from 'valibot';
import type { Micros } from '../core/time.ts';
import type { RequestClass, RequestTable } from '../workload/request-table.ts';

export interface Policy {
  /** Called once, before anything else: for a policy that has to know more than its requests, or to hold or shed some. */
  begin?(server: Server): void;
  /** A request arrives, in order of arrival, then of index. It joins the queue, unless it is held or shed here and now. */
  arrive(request: number): void;
  /**
   * Called at every step boundary, after the arrivals and before anything is asked: time to release held requests and to
   * shed waiting ones. Only for a policy with a `horizon`, which ends at the next time it has to be called.
   */
  review?(): void;
  /** The waiting request to admit next, or -1: nobody, though some may wait. Changes nothing that can be observed. */
  next(): number;
  /** The request that was `next` leaves the queue and runs. */
  admitted(request: number): void;
  /** A running request is back in the queue. */
  preempted(request: number): void;
  /** A running request has all its tokens. */
  finished?(request: number): void;
  /** A waiting request leaves the queue and never runs again: preempted when its last token was on its way, or shed. */
  withdrawn(request: number): void;
  /** What requests were given, before the next question. Costs a walk over the batch, once for any number of equal steps. */
  served?(stretch: Stretch): void;
  /**
   * Who gives way when a running request needs a KV block and none is free: a position in
   * `running[0..count)`, which is in order of admission. Only called with `count` > 0.
   */
  victim(running: Int32Array, count: number): number;
  /** Absent: nobody is ever evicted, nor made to pause, for a waiting request. */
  readonly preemption?: Preemption;
  /**
   * How long its answers hold if nobody arrives, leaves or is admitted; absent: for ever. The engine skips no further.
   * Where nobody is `next` and nothing runs, it is when the engine asks again.
   */
  horizon?(): Horizon;
}

/** How a policy that preempts divides a step among those who run and those who wait. */
export interface Preemption {
  /** Place of a running request in the order of the policy, least first, equal ones by arrival. Its last is its `victim`. */
  key(request: number): number;
  /**
   * Whether a waiting request goes before a running one, and may take its slot and KV blocks. Must be a strict order, so
   * that no two requests can evict each other for ever, and follow that of the queue and of `key`: whom a waiting request may
   * preempt, so may those before it, and it may preempt those behind.
   */
  mayPreempt(waiting: number, running: number): boolean;
}

/** Equal steps, taken together. */
export interface Stretch {
  readonly steps: number;
  /** Time they took together. */
  readonly time: Micros;
  /** The requests that took part, the same in each, are `requests[0..count)`. */
  readonly count: number;
  readonly requests: Int32Array;
  /** Output tokens that each of them got in all. */
  readonly tokens: Int32Array;
}

/** The answers hold at every step boundary before `time`, for `steps` steps, and until those that run have run for `service`; Infinity: as long as you like. */
export interface Horizon {
  readonly time: Micros;
  readonly steps: number;
  /** Absent: Infinity. */
  readonly service?: Micros;
}

/** What a policy may know of the engine, and do besides ordering its queue. */
export interface Server {
  /**
   * The clock of the policy: the boundary at which it is asked, as `arrive`s the arrival. With asynchronous scheduling a step
   * is planned when the one before it starts, and that is the time.
   */
  readonly now: Micros;
  readonly maxBatchSize: number;
  /** Length of a step, as in `StepTime`, without noise. */
  duration(sequences: number, prefill: number, decode: number, context: number): Micros;
  /** Output tokens that a running or waiting request has got. */
  generated(request: number): number;
  /** Tokens of a running or waiting request that have their KV. */
  computed(request: number): number;
  /** The arriving request does not join the queue, and waits for nobody to see, until it is released. */
  hold(request: number): void;
  release(request: number): void;
  /** The arriving request, a held one, or one that waits for its first admission is never served. Reasons are few, and words for people. */
  shed(request: number, reason: string): void;
}

/** Whether a policy does nothing but order its queue, so that nothing it says matters while nobody could be admitted. */
export function onlyOrders(policy: Policy): boolean {
  return !policy.review && !policy.preemption;
}

/** Whether it does so without looking at the engine. */
export function asksNothing(policy: Policy): boolean {
  return onlyOrders(policy) && !policy.begin && !policy.served;
}

/** A policy that breaks the contract. The engine puts its name before the message. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** How the map of policies holds one: name, one line for `sched list`, options with units, and how to make it. */
export interface PolicyDefinition<Options = unknown> {
  readonly name: string;
  readonly summary: string;
  /** Entries of a strict object beside `policy` and `name`. */
  readonly options: Readonly<Record<string, GenericSchema<unknown, unknown>>>;
  /** What it is good for, for those who choose between policies. */
  readonly advice?: Advice;
  /** What is wrong with options that are valid one by one, or do not go with the scenario. */
  faults?(options: Options, world: World): Iterable<OptionFault>;
  /** @throws FaultError where the requests are beyond what it can count exactly */
  make(table: RequestTable, options: Options, surroundings: Surroundings): Policy;
}

/** What a policy is made for, beside its requests. */
export interface Surroundings {
  /** Of the scenario: the only source of random streams. */
  readonly seed: string;
  readonly maxBatchSize: number;
}

/** What is known of a scenario before it has requests. */
export interface World {
  readonly classes: readonly RequestClass[];
  readonly maxBatchSize: number;
}

export interface OptionFault {
  /** Below the policy: `['weights', 'gold']`. */
  readonly path: readonly (string | number)[];
  /** What follows the path in a message: `is no class`. */
  readonly message: string;
  readonly help: string;
}

/** When to choose a policy and when not, what a decision costs, where its rule is from: a phrase each. */
export interface Advice {
  readonly choose: string;
  readonly avoid: string;
  readonly cost: string;
  readonly source: string;
}
