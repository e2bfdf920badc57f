/**
 * The requests that do not run: those to come, and those that wait. The policy orders them; this hands them to it as they
 * arrive, counts them, keeps what a preempted one had reached, and asserts what the policy answers.
 */
import type { Micros } from '../core/time.ts';
import { type Policy, PolicyError } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Columns } from './books/columns.ts';
import type { Ledger } from './books/ledger.ts';
import { hasLimits, neverFits, promptLength } from './limits.ts';
import type { EngineOptions } from './options.ts';
import { type Progress, ProgressColumns } from './progress.ts';

export class Queue {
  /** Requests that wait. */
  count = 0;
  peak = 0;
  /** Arrival of the next request to come, Infinity after the last. */
  nextArrival: Micros;
  /** Requests that have arrived. */
  arrived = 0;
  /** The clock of the policy: what has arrived by then, it has seen. */
  now: Micros = 0;
  readonly #table: RequestTable;
  readonly #options: EngineOptions;
  readonly #policy: Policy;
  readonly #columns: Columns;
  readonly #ledger: Ledger;
  readonly #limited: boolean;
  readonly #reviews: boolean;
  /** By request: 1 while it is held, and once it has left the queue. */
  readonly #away: Uint8Array;
  readonly #held = new Set<number>();
  /** The request that arrives just now, -1 once it has been held or shed. */
  #arriving = -1;
  /** Made when the first request is preempted. */
  #progress: ProgressColumns | undefined;

  constructor(table: RequestTable, options: EngineOptions, policy: Policy, columns: Columns, ledger: Ledger) {
    this.#table = table;
    this.#options = options;
    this.#policy = policy;
    this.#columns = columns;
    this.#ledger = ledger;
    this.#limited = hasLimits(options);
    this.#reviews = policy.review !== undefined;
    this.#away = new Uint8Array(table.count);
    this.nextArrival = table.count > 0 ? table.arrival[0]! : Infinity;
  }

  /** Lets the clock of the policy go on: hands it what has arrived, and lets it look at what it has. */
  update(now: Micros): void {
    if (this.nextArrival <= now) this.deliver(now);
    this.now = now;
    if (this.#reviews) this.#policy.review!();
  }

  /** Requests that have arrived and are still to run: they wait, or are held. */
  get unfinished(): number {
    return this.count + this.#held.size;
  }

  /** The request to admit next, or -1. */
  next(): number {
    if (this.count === 0) return -1;
    const request = this.#policy.next();
    if (request < 0) return -1;
    if (!(request < this.arrived) || this.#away[request] !== 0) throw new PolicyError(`names request ${request} to be next, which does not wait`);
    return request;
  }

  /** What a waiting request had reached when it was preempted; undefined if it never was. Until the next call. */
  progressOf(request: number): Progress | undefined {
    return this.#progress?.get(request);
  }

  /** Tokens that a waiting request had got when it was preempted, or had computed. */
  reached(request: number, of: 'generated' | 'computed'): number {
    return this.#progress?.reached(request, of) ?? 0;
  }

  /** The request that is next leaves the queue, and is about to run. */
  admit(request: number): void {
    this.#policy.admitted(request);
    this.#leave(request);
  }

  putBack(request: number, progress: Progress): void {
    this.#progress ??= new ProgressColumns(this.#table.count);
    this.#progress.set(request, progress);
    this.#policy.preempted(request);
    this.#join(request);
  }

  /** A request that waits has finished: its last token was on its way when it was preempted. */
  finish(request: number): void {
    this.#policy.withdrawn(request);
    this.#leave(request);
  }

  /** To be called when admission is over: those left are the ones that wait. */
  measure(): void {
    if (this.count > this.peak) this.peak = this.count;
  }

  /** When the answers of the policy may change by themselves; Infinity: never. */
  get horizon(): Micros {
    return this.#policy.horizon ? this.#policy.horizon().time : Infinity;
  }

  /**
   * The time to go on at when nothing runs and nobody is next: an arrival, or when the policy may have changed its mind.
   * Undefined when all requests have been dealt with.
   */
  wakeUp(): Micros | undefined {
    const idle = this.count + this.#held.size === 0;
    const time = Math.min(this.nextArrival, idle ? Infinity : this.horizon);
    if (time > this.now && time < Infinity) return time;
    if (idle) return undefined;
    const [state, requests] = this.count > 0 ? ['wait', this.count] : ['are held', this.#held.size];
    throw new PolicyError(`names nobody to be next, for ever, while ${requests} ${requests === 1 ? 'request' : 'requests'} ${state} and nothing runs`);
  }

  hold(request: number): void {
    if (request !== this.#arriving) throw new PolicyError(`holds request ${request}, which does not arrive just now`);
    this.#arriving = -1;
    this.#away[request] = 1;
    this.#held.add(request);
  }

  release(request: number): void {
    if (!this.#held.delete(request)) throw new PolicyError(`releases request ${request}, which is not held`);
    this.#join(request);
  }

  shed(request: number, reason: string): void {
    if (request === this.#arriving) this.#arriving = -1;
    else if (!this.#held.delete(request)) {
      if (!(request < this.arrived) || this.#away[request] !== 0 || this.progressOf(request)) {
        throw new PolicyError(`sheds request ${request}, which does not wait for its first admission`);
      }
      this.#leave(request);
    }
    this.#away[request] = 1;
    this.#columns.shed(request, reason);
  }

  /** Hands the policy every request that has arrived by then. */
  deliver(now: Micros): void {
    const { arrival, count, class: classOf } = this.#table;
    const policy = this.#policy;
    const ledger = this.#ledger;
    let request = this.arrived;
    for (let at = this.nextArrival; at <= now; at = this.nextArrival) {
      this.arrived = request + 1;
      this.nextArrival = this.arrived < count ? arrival[this.arrived]! : Infinity;
      if (!this.#limited || this.#isServable(request)) {
        this.#arriving = request;
        this.now = at;
        policy.arrive(request);
        // Neither held nor shed.
        if (this.#arriving === request) {
          this.count++;
          ledger.wait(classOf[request]!);
        }
      }
      request++;
    }
    this.#arriving = -1;
  }

  /** Whether a request can be served at all; if not, it is shed. */
  #isServable(request: number): boolean {
    const reason = neverFits(this.#options, promptLength(this.#table, request), this.#columns.outputTokens[request]!);
    if (reason === undefined) return true;
    this.#away[request] = 1;
    this.#columns.shed(request, reason);
    return false;
  }

  #join(request: number): void {
    this.#away[request] = 0;
    this.count++;
    this.#ledger.wait(this.#table.class[request]!);
  }

  #leave(request: number): void {
    this.#away[request] = 1;
    this.count--;
    this.#ledger.leave(this.#table.class[request]!);
  }
}
