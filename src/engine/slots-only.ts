/**
 * The loop for a server that has slots and nothing else, under a policy that does nothing but order its queue. Among such
 * servers is the seed model.
 *
 * There a request computes its whole prompt in its first step and gets a token in every one after, so that its last step is
 * known when it is admitted and nothing else about it needs keeping. The loop of engine.ts gives the same outcomes (the laws
 * hold both to the plain stepper); this one takes half the time.
 */
import type { Micros } from '../core/time.ts';
import { asksNothing, type Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Columns } from './books/columns.ts';
import { GapCounts, SeriesIndex } from './books/gaps.ts';
import { Ledger } from './books/ledger.ts';
import { Meter } from './books/meter.ts';
import { hasLimits, promptLength } from './limits.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes } from './outcomes.ts';
import { Queue } from './queue.ts';
import { Slots } from './slots.ts';
import type { StepTime } from './step-time/step-time.ts';
import { type SimulationHooks, Watch } from './watch.ts';

/** Whether slots alone decide who runs, and the number of requests and their prompts how long a step takes. */
export function onlySlotsMatter(options: EngineOptions, stepTime: StepTime, policy: Policy): boolean {
  return !hasLimits(options) && options.maxBatchTokens === undefined && options.longPrefillThreshold === 0
    && !options.asyncScheduling && !stepTime.usesContext && asksNothing(policy);
}

/** As `simulate`, where `onlySlotsMatter`. */
export function simulateSlots(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks): Outcomes {
  return new SlotsOnly(table, options, stepTime, policy, hooks).run();
}

// What passes between its methods are fields: a time that is handed over would be an object each time.
class SlotsOnly {
  readonly #table: RequestTable;
  readonly #stepTime: StepTime;
  readonly #policy: Policy;
  readonly #columns: Columns;
  readonly #meter = new Meter();
  readonly #ledger: Ledger;
  readonly #series: SeriesIndex;
  readonly #gaps: GapCounts;
  readonly #queue: Queue;
  readonly #watch: Watch;
  readonly #stepWork: number;
  readonly #slots: Slots;
  /** Whether requests are admitted while others run. */
  readonly #continuous: boolean;
  /** Requests after their first token, by series; those that are to get it in this step, and their prompt tokens. */
  readonly #decoding: Int32Array;
  readonly #fresh: Int32Array;
  #freshCount = 0;
  #prompts = 0;
  #now: Micros = 0;

  constructor(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks) {
    this.#table = table;
    this.#stepTime = stepTime;
    this.#policy = policy;
    this.#columns = new Columns(table, options);
    this.#ledger = new Ledger(table.classes);
    this.#series = new SeriesIndex(table);
    this.#gaps = new GapCounts(this.#series.count, hooks.limits?.gaps);
    this.#queue = new Queue(table, options, policy, this.#columns, this.#ledger);
    this.#slots = new Slots(Math.max(1, Math.min(options.maxBatchSize, table.count)));
    this.#watch = new Watch(hooks, () => ({ arrived: this.#queue.arrived, finished: this.#queue.arrived - this.#queue.unfinished - this.#slots.taken, now: this.#now }));
    this.#stepWork = 1 + this.#series.work;
    this.#continuous = options.batching === 'continuous';
    this.#decoding = new Int32Array(this.#series.count);
    this.#fresh = new Int32Array(this.#slots.capacity);
  }

  run(): Outcomes {
    const queue = this.#queue;
    const slots = this.#slots;
    for (;;) {
      this.#watch.counts(this.#stepWork);
      if (queue.nextArrival <= this.#now) queue.deliver(this.#now);
      this.#freshCount = 0;
      this.#prompts = 0;
      if (this.#continuous || slots.taken === 0) this.#admit();
      if (slots.taken === 0) {
        const time = queue.wakeUp();
        if (time === undefined) return this.#outcomes();
        this.#now = time;
        continue;
      }
      queue.measure();
      this.#takeSteps();
      this.#finish();
    }
  }

  #admit(): void {
    const { class: classOf, promptTokens } = this.#table;
    const { admitted, outputTokens } = this.#columns;
    const queue = this.#queue;
    const slots = this.#slots;
    while (slots.taken < slots.capacity) {
      const request = queue.next();
      if (request < 0) return;
      queue.admit(request);
      this.#ledger.admit(classOf[request]!, promptTokens[request]!);
      admitted[request] = this.#now;
      this.#prompts += promptLength(this.#table, request);
      slots.take(request, outputTokens[request]!);
      this.#fresh[this.#freshCount++] = request;
    }
  }

  /** Steps are alike until somebody finishes or arrives, but for one with prompts in it. */
  #takeSteps(): void {
    const slots = this.#slots;
    const ledger = this.#ledger;
    const running = slots.taken;
    const fresh = this.#freshCount;
    const decodes = running - fresh;
    const start = this.#now;
    const duration = this.#stepTime.duration(running, this.#prompts, decodes, 0);
    const until = running < slots.capacity ? Math.min(this.#queue.nextArrival, this.#queue.horizon) : this.#queue.nextArrival;
    let steps = fresh > 0 ? 1 : slots.stepsToFinish();
    if (until < start + steps * duration) steps = Math.ceil((until - start) / duration);
    const now = start + steps * duration;
    this.#now = now;
    // A difference of two doubles: as a product it would be an integer to the compiler until it overflows.
    const elapsed = now - start;
    slots.advance(steps);
    if (decodes > 0) {
      this.#gaps.addAll(duration, this.#decoding, steps);
      ledger.serve(this.#decoding, steps, this.#series);
    }
    if (fresh > 0) this.#emitFirstTokens();
    ledger.settle(elapsed);
    this.#meter.add(steps, elapsed, running);
  }

  #emitFirstTokens(): void {
    const { firstToken } = this.#columns;
    for (let i = 0; i < this.#freshCount; i++) {
      const request = this.#fresh[i]!;
      firstToken[request] = this.#now;
      this.#ledger.token(this.#table.class[request]!);
      this.#decoding[this.#series.of(request)]!++;
    }
  }

  #finish(): void {
    const slots = this.#slots;
    for (let request = slots.finished(); request >= 0; request = slots.finished()) {
      this.#columns.complete(request, this.#now);
      this.#decoding[this.#series.of(request)]!--;
      this.#policy.finished?.(request);
    }
  }

  #outcomes(): Outcomes {
    this.#watch.end();
    return {
      ...this.#columns.collect(), ...this.#meter.collect(), peakWaiting: this.#queue.peak, peakKvBlocks: null,
      gaps: this.#gaps.collect(this.#series), contended: this.#ledger.collect(), maxServiceDifference: this.#ledger.largestDifference,
    };
  }
}
