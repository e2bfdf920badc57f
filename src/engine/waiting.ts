/**
 * The waiting requests as the engine sees them: the policy orders them, this counts them and keeps what a
 * preempted request had reached.
 */
import type { Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Ledger } from './books/ledger.ts';
import { type Progress, ProgressColumns } from './progress.ts';

export class Waiting {
  count = 0;
  peak = 0;
  readonly #policy: Policy;
  readonly #classOf: Uint16Array;
  readonly #ledger: Ledger;
  readonly #requests: number;
  /** Made when the first request is preempted. */
  #progress: ProgressColumns | undefined;
  /** Preempted requests whose last token was on its way: finished, but still in the policy's queue. */
  readonly #gone = new Set<number>();

  constructor(table: RequestTable, policy: Policy, ledger: Ledger) {
    this.#policy = policy;
    this.#requests = table.count;
    this.#classOf = table.class;
    this.#ledger = ledger;
  }

  enqueue(request: number): void {
    this.#policy.enqueue(request);
    this.count++;
    this.#ledger.wait(this.#classOf[request]!);
  }

  /** Puts a preempted request back. */
  putBack(request: number, progress: Progress): void {
    this.#progress ??= new ProgressColumns(this.#requests);
    this.#progress.set(request, progress);
    this.enqueue(request);
  }

  /** The request to admit next, or -1. */
  head(): number {
    let request = this.#policy.peek();
    while (request >= 0 && this.#gone.size > 0 && this.#gone.delete(request)) {
      this.#policy.take();
      request = this.#policy.peek();
    }
    return request;
  }

  progressOf(request: number): Progress | undefined {
    return this.#progress?.get(request);
  }

  /** Removes the head, which is about to run. */
  take(): void {
    const request = this.#policy.take();
    this.#progress?.delete(request);
    this.#leave(request);
  }

  /** A request that waits has finished: its last token was on its way when it was preempted. */
  finish(request: number): void {
    this.#progress?.delete(request);
    this.#gone.add(request);
    this.#leave(request);
  }

  /** To be called when admission is over: those left are the ones that wait. */
  measure(): void {
    if (this.count > this.peak) this.peak = this.count;
  }

  #leave(request: number): void {
    this.count--;
    this.#ledger.leave(this.#classOf[request]!);
  }
}
