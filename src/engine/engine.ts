/**
 * Runs a workload through the engine under one policy: the loop of docs/model.md.
 *
 * Fast by skipping, never by approximating: while the next step is known to be the same as the last (the
 * group decodes, nobody is loose, nobody can be admitted), many steps are taken at once, up to the next
 * finish, arrival or shortage of KV blocks. An observer switches that off and sees every step.
 */
import type { Micros } from '../core/time.ts';
import type { Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Batch } from './batch.ts';
import { Columns } from './books/columns.ts';
import { GapCounts, SeriesIndex } from './books/gaps.ts';
import { KvCache } from './kv-cache.ts';
import { Ledger } from './books/ledger.ts';
import { hasLimits, neverFits, promptLength } from './limits.ts';
import { Meter } from './books/meter.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes, StepObserver } from './outcomes.ts';
import { ByUrgency } from './planning/by-urgency.ts';
import { InOrder } from './planning/in-order.ts';
import { Moves } from './planning/moves.ts';
import type { Plan } from './planning/plan.ts';
import type { StepTime } from './step-time/step-time.ts';
import { Waiting } from './waiting.ts';

/** More steps in a row that schedule nothing than any rule can cause: the engine would never end. */
const EMPTY_STEP_LIMIT = 1000;

/** Plans between two calls of `onProgress`. */
const PROGRESS_INTERVAL = 1 << 15;

export interface SimulationHooks {
  /** Called once per step; makes the engine take every step singly. */
  readonly onStep?: StepObserver | undefined;
  /** Called now and then with the number of requests that have arrived and the virtual time. */
  readonly onProgress?: ((arrived: number, now: Micros) => void) | undefined;
}

/** A step as the observer will see it, while it is under way. */
interface Recording {
  readonly scheduled: (readonly [number, number])[];
  readonly preempted: number[];
  readonly sampled: number[];
  readonly finished: number[];
}

export class Engine {
  readonly #table: RequestTable;
  readonly #options: EngineOptions;
  readonly #stepTime: StepTime;
  readonly #limited: boolean;
  readonly #asynchronous: boolean;
  readonly #hooks: SimulationHooks;
  readonly #kv: KvCache;
  readonly #batch: Batch;
  readonly #series: SeriesIndex;
  readonly #gaps: GapCounts;
  readonly #ledger: Ledger;
  readonly #waiting: Waiting;
  readonly #moves: Moves;
  readonly #plan: Plan;
  readonly #columns: Columns;
  readonly #meter = new Meter();

  #now: Micros = 0;
  /** The next request to arrive. */
  #next = 0;
  /** Arrival of the next request, Infinity after the last. */
  #nextArrival: number;
  #emptySteps = 0;
  /** With async scheduling, slots, and their requests, that got their last token in the last step. */
  readonly #finishedSlots: Int32Array;
  readonly #finishedRequests: Int32Array;
  #finished = 0;

  constructor(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks) {
    const { count } = table;
    this.#table = table;
    this.#options = options;
    this.#stepTime = stepTime;
    this.#limited = hasLimits(options);
    this.#asynchronous = options.asyncScheduling;
    this.#hooks = hooks;
    this.#columns = new Columns(table, options);
    this.#kv = new KvCache(options.kvCache);
    this.#series = new SeriesIndex(table);
    this.#gaps = new GapCounts(this.#series.count);
    this.#ledger = new Ledger(table.classes);
    const capacity = Math.max(1, Math.min(options.maxBatchSize, count));
    this.#finishedSlots = new Int32Array(capacity);
    this.#finishedRequests = new Int32Array(capacity);
    this.#batch = new Batch(capacity, this.#kv.grows ? this.#kv.blockSize : 0, this.#series);
    this.#waiting = new Waiting(table, policy, this.#ledger);
    const parts = { table, options, batch: this.#batch, kv: this.#kv, waiting: this.#waiting, ledger: this.#ledger, columns: this.#columns };
    this.#moves = new Moves(parts);
    this.#plan = policy.preemption ? new ByUrgency(this.#moves, parts, policy, policy.preemption) : new InOrder(this.#moves, parts, policy);
    this.#nextArrival = count > 0 ? table.arrival[0]! : Infinity;
  }

  run(): Outcomes {
    const { onStep, onProgress } = this.#hooks;
    const single = onStep !== undefined;
    for (let plans = 1; ; plans++) {
      if (onProgress && plans % PROGRESS_INTERVAL === 0) onProgress(this.#next, this.#now);
      if (this.#nextArrival <= this.#now) this.#deliver();
      if (this.#batch.count === 0 && this.#waiting.count === 0) {
        if (this.#nextArrival === Infinity) return this.#outcomes();
        this.#now = this.#nextArrival;
        continue;
      }
      this.#moves.begin();
      this.#plan.step(this.#now, this.#batch.count === 0 || this.#options.batching === 'continuous', single);
      this.#waiting.measure();
      this.#kv.measure();
      const freeBlocks = this.#kv.limited ? this.#kv.free : null;
      const uniform = this.#batch.looseCount === 0 && this.#batch.decoding > 0 && this.#finished === 0;
      if (this.#finished > 0) this.#releaseLate();
      if (uniform) this.#takeUniformSteps();
      else this.#takeStep(freeBlocks);
    }
  }

  /** Hands every request that has arrived by now to the policy. */
  #deliver(): void {
    const { arrival, count } = this.#table;
    while (this.#nextArrival <= this.#now) {
      const request = this.#next++;
      this.#nextArrival = this.#next < count ? arrival[this.#next]! : Infinity;
      const reason = this.#limited ? neverFits(this.#options, promptLength(this.#table, request), this.#columns.outputTokens[request]!) : 0;
      if (reason !== 0) {
        this.#columns.shed(request, reason);
      } else {
        this.#waiting.enqueue(request);
      }
    }
  }

  /**
   * Frees slot and blocks of the requests that got their last token in the last step: with async scheduling
   * that is seen only after the next step has been planned.
   */
  #releaseLate(): void {
    for (let i = 0; i < this.#finished; i++) {
      const slot = this.#finishedSlots[i]!;
      const request = this.#finishedRequests[i]!;
      if (this.#batch.isDone(slot) && this.#batch.request[slot] === request) this.#moves.release(slot);
      else this.#waiting.finish(request);
    }
    this.#finished = 0;
  }

  /** One step of the group and of the loose requests that were given tokens. */
  #takeStep(freeBlocks: number | null): void {
    const batch = this.#batch;
    const grouped = batch.decoding;
    let sequences = grouped;
    let prefill = 0;
    let decode = grouped;
    let context = batch.context + grouped;
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      const tokens = batch.planned[slot]!;
      if (tokens === 0) continue;
      sequences++;
      context += batch.computed(slot) + tokens;
      if (batch.decodes(slot)) decode++;
      else prefill += tokens;
    }
    const start = this.#now;
    const duration = this.#stepTime.duration(sequences, prefill, decode, context);
    this.#guardProgress(sequences, duration);
    const record = this.#hooks.onStep && this.#describe();
    this.#now += duration;
    let emitted = grouped;
    if (grouped > 0) {
      batch.advance(1, this.#now);
      this.#gaps.addAll(duration, batch.decodingBySeries, 1);
      this.#ledger.serve(batch.decodingBySeries, 1, this.#series);
    }
    emitted += this.#finishLoose(record);
    this.#ledger.settle(duration);
    this.#meter.add(1, duration, sequences, emitted, this.#waiting.count > 0);
    this.#finishGroup(record);
    if (record) this.#hooks.onStep!({ step: this.#meter.steps - 1, start, end: this.#now, ...record, freeBlocks });
  }

  /** Ends the step of the loose requests; those that decode from now on join the group. Returns tokens emitted. */
  #finishLoose(record: Recording | undefined): number {
    const batch = this.#batch;
    const { loose } = batch;
    const loosely = batch.looseCount;
    let emitted = 0;
    let kept = 0;
    for (let i = 0; i < loosely; i++) {
      const slot = loose[i]!;
      if (batch.planned[slot] === 0) {
        loose[kept++] = slot;
        continue;
      }
      const request = batch.request[slot]!;
      if (batch.highWater[slot]! > 0) this.#countRecomputed(slot);
      if (!batch.progress(slot)) {
        loose[kept++] = slot;
        continue;
      }
      emitted++;
      record?.sampled.push(request);
      this.#ledger.token(this.#table.class[request]!);
      const generated = batch.generated(slot);
      if (generated === 1) this.#columns.firstToken[request] = this.#now;
      else this.#gaps.addOne(this.#now - batch.lastTokenOf(slot), batch.series[slot]!);
      if (generated < batch.target[slot]!) {
        batch.join(slot, this.#now);
      } else {
        // No longer loose, so that the list can be rewritten around it.
        batch.finish(slot);
        this.#complete(slot, record);
      }
    }
    batch.looseCount = kept;
    return emitted;
  }

  #countRecomputed(slot: number): void {
    const batch = this.#batch;
    const computed = batch.computed(slot);
    const again = Math.min(computed + batch.planned[slot]!, batch.highWater[slot]!) - computed;
    if (again > 0) this.#columns.recomputedTokens[batch.request[slot]!]! += again;
  }

  #finishGroup(record?: Recording): void {
    for (let slot = this.#batch.nextFinished(); slot >= 0; slot = this.#batch.nextFinished()) this.#complete(slot, record);
  }

  #complete(slot: number, record: Recording | undefined): void {
    const request = this.#batch.request[slot]!;
    this.#columns.complete(request, this.#now);
    record?.finished.push(request);
    if (this.#asynchronous) {
      this.#batch.finish(slot);
      this.#finishedSlots[this.#finished] = slot;
      this.#finishedRequests[this.#finished++] = request;
    } else {
      this.#moves.release(slot);
    }
  }

  /**
   * Takes steps of the group until one of it finishes, somebody may be admitted, or KV blocks run short.
   * The first step has been planned; its blocks are allocated.
   */
  #takeUniformSteps(): void {
    const batch = this.#batch;
    const members = batch.decoding;
    const head = this.#waiting.head();
    const backlog = this.#waiting.count > 0;
    const started = this.#now;
    const firstTick = batch.tick;
    const finishTick = batch.nextFinish();
    let settled = this.#now;
    let settledTick = firstTick;
    for (;;) {
      const short = this.#stepWhileNothingHappens(members, finishTick);
      if (short || batch.tick === finishTick || head < 0) break;
      // Requests have arrived. The ledger must hear of service before another set of classes waits.
      this.#ledger.serve(batch.decodingBySeries, batch.tick - settledTick, this.#series);
      this.#ledger.settle(this.#now - settled);
      settled = this.#now;
      settledTick = batch.tick;
      this.#deliver();
      if (this.#waiting.head() !== head) break;
      this.#waiting.measure();
      if (this.#kv.grows && this.#moves.allocateAhead(0, 1) === 0) break;
    }
    this.#ledger.serve(batch.decodingBySeries, batch.tick - settledTick, this.#series);
    this.#ledger.settle(this.#now - settled);
    const ticks = batch.tick - firstTick;
    this.#kv.measure();
    this.#meter.add(ticks, this.#now - started, members, members * ticks, backlog);
    this.#emptySteps = 0;
    this.#finishGroup();
  }

  /**
   * Steps up to `finishTick`, the next arrival, or a step whose blocks are not to be had as they are now.
   * The blocks of the first step are allocated. Returns whether it was blocks that ended it.
   */
  #stepWhileNothingHappens(members: number, finishTick: number): boolean {
    const batch = this.#batch;
    const stepTime = this.#stepTime;
    const growing = this.#kv.grows;
    if (stepTime.usesContext) {
      for (;;) {
        const duration = stepTime.duration(members, 0, members, batch.context + members);
        this.#now += duration;
        batch.advance(1, this.#now);
        this.#gaps.addAll(duration, batch.decodingBySeries, 1);
        if (batch.tick === finishTick || this.#nextArrival <= this.#now) return false;
        if (growing && this.#moves.allocateAhead(0, 1) === 0) return true;
      }
    }
    const duration = stepTime.duration(members, 0, members, 0);
    let wanted = finishTick - batch.tick;
    if (this.#nextArrival < this.#now + wanted * duration) wanted = Math.ceil((this.#nextArrival - this.#now) / duration);
    const steps = growing ? 1 + this.#moves.allocateAhead(1, wanted - 1) : wanted;
    this.#now += steps * duration;
    batch.advance(steps, this.#now);
    this.#gaps.addAll(duration, batch.decodingBySeries, steps);
    return steps < wanted;
  }

  #guardProgress(sequences: number, duration: Micros): void {
    this.#emptySteps = sequences === 0 && duration === 0 ? this.#emptySteps + 1 : 0;
    if (this.#emptySteps > EMPTY_STEP_LIMIT) {
      throw new Error(`the engine stands still at ${this.#now} us: ${this.#batch.count} running, ${this.#waiting.count} waiting, none can be scheduled`);
    }
  }

  /** What the observer is told of the step that is about to run. */
  #describe(): Recording {
    const batch = this.#batch;
    const scheduled: Recording['scheduled'] = [];
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      if (batch.planned[slot]! > 0) scheduled.push([batch.request[slot]!, batch.planned[slot]!]);
    }
    return { scheduled, preempted: [...this.#moves.preempted], sampled: [], finished: [] };
  }

  #outcomes(): Outcomes {
    return {
      ...this.#columns, ...this.#meter,
      peakWaiting: this.#waiting.peak, peakKvBlocks: this.#kv.peak,
      gaps: this.#gaps.collect(this.#series),
      contended: this.#ledger.collect(), maxServiceDifference: this.#ledger.largestDifference,
    };
  }
}
