/**
 * What a planned step does: time passes, tokens come out, requests finish.
 *
 * Fast by skipping, never by approximating: while the next step is known to be the same as the last (everybody who runs
 * decodes, and until the next arrival nobody else can be admitted), many steps are taken at once, up to the next finish,
 * arrival or shortage of KV blocks. An observer switches that off and sees every step.
 */
import type { Micros } from '../core/time.ts';
import { onlyOrders, type Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Batch } from './batch.ts';
import type { Columns } from './books/columns.ts';
import type { GapCounts, SeriesIndex } from './books/gaps.ts';
import type { Ledger } from './books/ledger.ts';
import type { Meter } from './books/meter.ts';
import type { KvCache } from './kv-cache.ts';
import { LateFinishes } from './late-finishes.ts';
import type { EngineOptions } from './options.ts';
import type { StepObserver, StepRecord } from './outcomes.ts';
import type { Moves } from './planning/moves.ts';
import type { Queue } from './queue.ts';
import { Service } from './service.ts';
import type { StepTime } from './step-time/step-time.ts';
import type { SimulationHooks, Watch } from './watch.ts';

/** More steps in a row that schedule nothing than any rule can cause: the engine would never end. */
const EMPTY_STEP_LIMIT = 1000;

export interface StepParts {
  readonly table: RequestTable;
  readonly options: EngineOptions;
  readonly stepTime: StepTime;
  readonly policy: Policy;
  readonly batch: Batch;
  readonly kv: KvCache;
  readonly queue: Queue;
  readonly moves: Moves;
  readonly columns: Columns;
  readonly series: SeriesIndex;
  readonly gaps: GapCounts;
  readonly ledger: Ledger;
  readonly meter: Meter;
  readonly watch: Watch;
}

/** A step as the observer will see it, while it is under way. */
type Recording = { -readonly [Key in 'scheduled' | 'preempted' | 'sampled' | 'finished']: StepRecord[Key][number][] } & Pick<StepRecord, 'freeBlocks'>;

export class Steps {
  /** When the next step starts. */
  now: Micros = 0;
  /**
   * Until when its plan sees arrivals. With asynchronous scheduling it was made when the step before it started
   * (vllm/v1/engine/core.py, step_with_batch_queue), unless nothing ran then.
   */
  seen: Micros = 0;
  readonly #table: RequestTable;
  readonly #stepTime: StepTime;
  readonly #policy: Policy;
  readonly #batch: Batch;
  readonly #kv: KvCache;
  readonly #queue: Queue;
  readonly #moves: Moves;
  readonly #columns: Columns;
  readonly #series: SeriesIndex;
  readonly #gaps: GapCounts;
  readonly #ledger: Ledger;
  readonly #meter: Meter;
  readonly #watch: Watch;
  readonly #service: Service | undefined;
  readonly #onStep: StepObserver | undefined;
  /** Absent where the engine sees at once that a request has finished. */
  readonly #late: LateFinishes | undefined;
  /** Steps between the plan of a step and its start: 0 or 1. */
  readonly #ahead: number;
  /** While no slot is free or nobody waits, it does not matter how a policy that only orders its queue changes its mind. */
  readonly #ignoresHorizon: boolean;
  #emptySteps = 0;

  constructor(parts: StepParts, { onStep, arrivalsAtPlanning }: SimulationHooks) {
    this.#table = parts.table;
    this.#stepTime = parts.stepTime;
    this.#policy = parts.policy;
    this.#batch = parts.batch;
    this.#kv = parts.kv;
    this.#queue = parts.queue;
    this.#moves = parts.moves;
    this.#columns = parts.columns;
    this.#series = parts.series;
    this.#gaps = parts.gaps;
    this.#ledger = parts.ledger;
    this.#meter = parts.meter;
    this.#watch = parts.watch;
    this.#service = parts.policy.served && new Service(parts.policy, parts.batch);
    this.#onStep = onStep;
    this.#late = parts.options.asyncScheduling ? new LateFinishes(parts.batch) : undefined;
    this.#ahead = this.#late && !arrivalsAtPlanning ? 1 : 0;
    this.#ignoresHorizon = onlyOrders(parts.policy);
  }

  /** Nothing runs until then. */
  idleUntil(time: Micros): void {
    this.now = Math.max(this.now, time);
    this.seen = this.now;
  }

  /** Takes the step that has been planned, and as many like it as there are. */
  take(): void {
    const batch = this.#batch;
    // What the plan left: the late finishes that it did not see, and their blocks, are not free in it.
    const freeBlocks = this.#kv.limited ? this.#kv.free : null;
    const late = this.#late?.count ?? 0;
    const uniform = batch.looseCount === 0 && batch.decoding > 0 && late === 0;
    if (late > 0) this.#late!.release((slot) => this.#release(slot), (request) => this.#queue.finish(request));
    if (uniform) this.#takeUniformSteps();
    else this.#takeStep(freeBlocks);
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
    this.#watch.counts(batch.looseCount);
    const start = this.now;
    const duration = this.#stepTime.duration(sequences, prefill, decode, context);
    this.#guardProgress(sequences, duration);
    const record = this.#onStep && this.#describe(freeBlocks);
    this.#pass(start + duration, start);
    this.#service?.tell(1, duration);
    if (grouped > 0) {
      batch.advance(1, this.now);
      this.#gaps.addAll(duration, batch.decodingBySeries, 1);
      this.#ledger.serve(batch.decodingBySeries, 1, this.#series);
    }
    this.#finishLoose(record);
    this.#ledger.settle(duration);
    this.#meter.add(1, duration, sequences);
    this.#finishGroup(record);
    if (record) this.#onStep!({ step: this.#meter.steps - 1, start, end: this.now, ...record });
  }

  /** Ends the step of the loose requests; those that decode from now on join the group. */
  #finishLoose(record: Recording | undefined): void {
    const batch = this.#batch;
    const { loose } = batch;
    const loosely = batch.looseCount;
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
      record?.sampled.push(request);
      this.#ledger.token(this.#table.class[request]!);
      const generated = batch.generated(slot);
      if (generated === 1) this.#columns.firstToken[request] = this.now;
      else this.#gaps.addOne(this.now - batch.lastTokenOf(slot), batch.series[slot]!);
      if (generated < batch.target[slot]!) {
        batch.join(slot, this.now);
      } else {
        // No longer loose, so that the list can be rewritten around it.
        batch.finish(slot);
        this.#complete(slot, record);
      }
    }
    batch.looseCount = kept;
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
    this.#columns.complete(request, this.now);
    record?.finished.push(request);
    if (this.#late) this.#late.add(slot);
    else this.#release(slot);
  }

  #release(slot: number): void {
    const request = this.#batch.request[slot]!;
    this.#moves.release(slot);
    this.#policy.finished?.(request);
  }

  /**
   * Takes steps of the group until one of it finishes, the plan may have to be another, or KV blocks run short. The first
   * step has been planned; its blocks are allocated.
   */
  #takeUniformSteps(): void {
    const batch = this.#batch;
    const started = this.now;
    const firstTick = batch.tick;
    const members = batch.decoding;
    const isFree = this.#ignoresHorizon && (batch.count >= this.#moves.slots || this.#queue.count === 0);
    const horizon = isFree ? undefined : this.#policy.horizon?.();
    const until = Math.min(this.#queue.nextArrival, horizon ? horizon.time : Infinity);
    const most = Math.min(batch.nextFinish() - firstTick, horizon ? Math.max(1, horizon.steps) : Infinity);
    const service = horizon?.service ?? Infinity;
    if (this.#stepTime.usesContext) this.#stepOneByOne(most, until, started + service);
    else this.#stepTogether(most, until, service);
    const steps = batch.tick - firstTick;
    const time = this.now - started;
    this.#kv.measure();
    this.#service?.tell(steps, time);
    this.#ledger.serve(batch.decodingBySeries, steps, this.#series);
    this.#ledger.settle(time);
    this.#meter.add(steps, time, members);
    this.#emptySteps = 0;
    this.#finishGroup();
  }

  /** Steps whose context makes each a little longer. */
  #stepOneByOne(most: number, until: Micros, end: Micros): void {
    const batch = this.#batch;
    const members = batch.decoding;
    for (let steps = 1; ; steps++) {
      const duration = this.#stepTime.duration(members, 0, members, batch.context + members);
      this.#pass(this.now + duration, this.now);
      batch.advance(1, this.now);
      this.#gaps.addAll(duration, batch.decodingBySeries, 1);
      if (steps === most || this.seen >= until || this.now >= end || (this.#kv.grows && this.#moves.allocateAhead(0, 1) === 0)) {
        this.#watch.counts(steps * (1 + this.#series.work));
        return;
      }
    }
  }

  /** Steps that are all of one length. */
  #stepTogether(most: number, until: Micros, service: Micros): void {
    const batch = this.#batch;
    const members = batch.decoding;
    const duration = this.#stepTime.duration(members, 0, members, 0);
    if (service < most * duration) most = Math.max(1, Math.ceil(service / duration));
    const wanted = until <= this.now + most * duration ? Math.min(most, this.#stepsUntil(until, duration)) : most;
    const steps = this.#kv.grows ? 1 + this.#moves.allocateAhead(1, wanted - 1) : wanted;
    this.#pass(this.now + steps * duration, this.now + (steps - 1) * duration);
    batch.advance(steps, this.now);
    this.#gaps.addAll(duration, batch.decodingBySeries, steps);
  }

  /** After how many steps of one length a plan sees what is there at a time. */
  #stepsUntil(time: Micros, duration: Micros): number {
    return time <= this.now ? 1 : Math.ceil((time - this.now) / duration) + this.#ahead;
  }

  /** Time passes up to the end of a step. */
  #pass(end: Micros, start: Micros): void {
    this.now = end;
    this.seen = this.#ahead > 0 ? start : end;
  }

  #guardProgress(sequences: number, duration: Micros): void {
    this.#emptySteps = sequences === 0 && duration === 0 ? this.#emptySteps + 1 : 0;
    if (this.#emptySteps > EMPTY_STEP_LIMIT) {
      throw new Error(`the engine stands still at ${this.now} us: ${this.#batch.count} running, ${this.#queue.count} waiting, none can be scheduled`);
    }
  }

  /** What the observer is told of the step that is about to run. */
  #describe(freeBlocks: number | null): Recording {
    const batch = this.#batch;
    const scheduled: Recording['scheduled'] = [];
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      if (batch.planned[slot]! > 0) scheduled.push([batch.request[slot]!, batch.planned[slot]!]);
    }
    return { scheduled, preempted: [...this.#moves.preempted], sampled: [], finished: [], freeBlocks };
  }
}
