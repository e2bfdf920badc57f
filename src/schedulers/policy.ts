/**
 * The contract between a policy and the engine.
 *
 * A policy orders the waiting requests; the engine owns slots, token budget, KV blocks, clock and batch.
 * Requests are row numbers of the RequestTable. Every order ends in arrival, then index, and none draws a
 * random number.
 */
import type { GenericSchema } from 'valibot';
import type { RequestTable } from '../workload/request-table.ts';

export interface Policy {
  /** A request arrives, or comes back after a preemption. Called in order of arrival, then of index. */
  enqueue(request: number): void;
  /** The next request to admit, or -1 when none waits. Changes nothing. */
  peek(): number;
  /** Removes and returns the request that `peek` shows. Only called when one waits. */
  take(): number;
  /**
   * Who gives way when a running request needs a KV block and none is free: a position in
   * `running[0..count)`, which is in order of admission. Only called with `count` > 0.
   */
  victim(running: Int32Array, count: number): number;
  /** Absent: nobody is ever evicted, nor made to pause, for a waiting request. */
  readonly preemption?: Preemption;
}

/** How a policy that preempts divides a step among those who run and those who wait. */
export interface Preemption {
  /** Place of a running request in the order of the policy, least first, equal ones by arrival. Its last is its `victim`. */
  key(request: number): number;
  /**
   * Whether a waiting request goes before a running one, and may take its slot and KV blocks. Must be a strict order, so
   * that no two requests can evict each other, and one that does not change.
   */
  mayPreempt(waiting: number, running: number): boolean;
}

/** How the map of policies holds one: name, one line for `sched list`, options with units, and how to make it. */
export interface PolicyDefinition<Options = unknown> {
  readonly name: string;
  readonly summary: string;
  /** Entries of a strict object beside `policy` and `name`. */
  readonly options: Readonly<Record<string, GenericSchema<unknown, unknown>>>;
  make(table: RequestTable, options: Options): Policy;
}
