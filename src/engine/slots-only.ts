/**
 * The loop for a server that has slots and nothing else: no token budget, no KV cache, nobody evicted for
 * somebody else. Among them is the seed model.
 *
 * There a request computes its whole prompt in its first step and gets a token in every one after, so that
 * its last step is known when it is admitted and nothing else about it needs keeping. The loop of engine.ts
 * gives the same outcomes (the laws hold both to the plain stepper); this one takes half the time.
 */
import { NumberHeap } from '../core/number-heap.ts';
import type { Micros } from '../core/time.ts';
import type { Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Columns } from './books/columns.ts';
import { GapCounts, SeriesIndex } from './books/gaps.ts';
import { Ledger } from './books/ledger.ts';
import { hasLimits, promptLength } from './limits.ts';
import { Meter } from './books/meter.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes } from './outcomes.ts';
import type { StepTime } from './step-time/step-time.ts';

/** Whether slots alone decide who runs, and the number of requests and their prompts how long a step takes. */
export function onlySlotsMatter(options: EngineOptions, stepTime: StepTime, policy: Policy): boolean {
  return !hasLimits(options) && options.maxBatchTokens === undefined && options.longPrefillThreshold === 0
    && !options.asyncScheduling && !stepTime.usesContext && policy.preemption === undefined;
}

/**
 * As `simulate`, where `onlySlotsMatter`.
 *
 * @param onProgress called now and then with the number of requests that have arrived and the virtual time
 */
export function simulateSlots(
  table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, onProgress?: (arrived: number, now: Micros) => void,
): Outcomes {
  const { count, arrival, class: classOf } = table;
  const columns = new Columns(table, options);
  const { admitted, firstToken, outputTokens } = columns;
  const meter = new Meter();
  const ledger = new Ledger(table.classes);
  const series = new SeriesIndex(table);
  const gaps = new GapCounts(series.count);
  const slots = new Slots(Math.max(1, Math.min(options.maxBatchSize, count)));
  /** Requests after their first token, by series; those that are to get it in this step. */
  const decoding = new Int32Array(series.count);
  const fresh = new Int32Array(slots.capacity);
  const always = options.batching === 'continuous';
  let now: Micros = 0;
  let next = 0;
  let nextArrival = count > 0 ? arrival[0]! : Infinity;
  let waiting = 0;
  let peakWaiting = 0;
  for (let plans = 1; ; plans++) {
    if (onProgress && plans % 32768 === 0) onProgress(next, now);
    while (nextArrival <= now) {
      policy.enqueue(next);
      ledger.wait(classOf[next]!);
      waiting++;
      nextArrival = ++next < count ? arrival[next]! : Infinity;
    }
    if (slots.taken === 0 && waiting === 0) {
      if (nextArrival === Infinity) break;
      now = nextArrival;
      continue;
    }

    let freshCount = 0;
    let prompts = 0;
    if (always || slots.taken === 0) {
      for (; waiting > 0 && slots.taken < slots.capacity; waiting--) {
        const request = policy.take();
        ledger.leave(classOf[request]!);
        ledger.admit(classOf[request]!, table.promptTokens[request]!);
        admitted[request] = now;
        prompts += promptLength(table, request);
        slots.take(request, outputTokens[request]!);
        fresh[freshCount++] = request;
      }
    }
    if (waiting > peakWaiting) peakWaiting = waiting;

    // Steps are alike until somebody finishes or arrives, but for one with prompts in it.
    const running = slots.taken;
    const decodes = running - freshCount;
    const duration = stepTime.duration(running, prompts, decodes, 0);
    let steps = freshCount > 0 ? 1 : slots.stepsToFinish();
    if (nextArrival < now + steps * duration) steps = Math.ceil((nextArrival - now) / duration);
    const start = now;
    now += steps * duration;
    // A difference of two doubles: as a product it would be an integer to the compiler until it overflows.
    const elapsed = now - start;
    slots.advance(steps);

    if (decodes > 0) {
      gaps.addAll(duration, decoding, steps);
      ledger.serve(decoding, steps, series);
    }
    for (let i = 0; i < freshCount; i++) {
      const request = fresh[i]!;
      firstToken[request] = now;
      ledger.token(classOf[request]!);
      decoding[series.of(request)]!++;
    }
    ledger.settle(elapsed);
    meter.add(steps, elapsed, running, running * steps, waiting > 0);
    for (let request = slots.finished(); request >= 0; request = slots.finished()) {
      columns.complete(request, now);
      decoding[series.of(request)]!--;
    }
  }
  return {
    ...columns, ...meter, peakWaiting, peakKvBlocks: null,
    gaps: gaps.collect(series), contended: ledger.collect(), maxServiceDifference: ledger.largestDifference,
  };
}

/** Who runs, in the order in which they will finish. */
class Slots {
  readonly capacity: number;
  taken = 0;
  /** Steps so far. */
  #tick = 0;
  /** Of every slot taken: tick of the last token x width + slot. */
  readonly #last = new NumberHeap();
  readonly #width: number;
  readonly #request: Int32Array;
  readonly #free: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#width = 2 ** Math.ceil(Math.log2(capacity));
    this.#request = new Int32Array(capacity);
    this.#free = Int32Array.from({ length: capacity }, (_, slot) => slot);
  }

  take(request: number, steps: number): void {
    const slot = this.#free[this.taken++]!;
    this.#request[slot] = request;
    this.#last.push((this.#tick + steps) * this.#width + slot);
  }

  /** Only meaningful while a slot is taken. */
  stepsToFinish(): number {
    return Math.floor(this.#last.min / this.#width) - this.#tick;
  }

  advance(steps: number): void {
    this.#tick += steps;
    if (this.#tick * this.#width > 2 ** 52) this.#restart();
  }

  /** Frees the slot of a request that has all its tokens and returns the request; -1 when there is none. */
  finished(): number {
    if (this.taken === 0) return -1;
    const slot = this.#last.min - this.#tick * this.#width;
    if (slot >= this.#width) return -1;
    this.#last.pop();
    this.#free[--this.taken] = slot;
    return this.#request[slot]!;
  }

  /** Counts steps from 0 again, before the entries outgrow exact integers. */
  #restart(): void {
    this.#last.subtract(this.#tick * this.#width);
    this.#tick = 0;
  }
}
