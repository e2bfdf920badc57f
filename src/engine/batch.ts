/**
 * The running requests: their slots, the order in which they were admitted, and how far each has come.
 *
 * A request that decodes gets one token in every step, like all others that decode. Those requests form the
 * *group*: their progress is one shared counter (`tick`), and the sums that a step needs (context tokens,
 * who needs a KV block next, who finishes next) are kept up to date when a request joins or leaves, so that
 * a decode step never walks over the batch. Everyone else (prefilling, resumed, or starved in a step that
 * could not serve all) is *loose* and is planned one by one, in order of admission.
 *
 * One class, and longer than others, because its columns and sums change together: whoever joins or leaves the group moves all of them.
 */
import { NumberHeap } from '../core/number-heap.ts';
import type { Micros } from '../core/time.ts';
import { AdmissionOrder } from './admission-order.ts';
import { BlockPhases } from './block-phases.ts';
import type { SeriesIndex } from './books/gaps.ts';
import type { Progress } from './progress.ts';

/** Values of `state`. */
const EMPTY = 0;
const LOOSE = 1;
const GROUPED = 2;
/** Has all its tokens, but the engine has not seen it yet (async scheduling). */
const DONE = 3;

/** Ticks, and tokens less ticks, are 32-bit columns; tick x width + slot stays an exact integer. */
const MOST_TICKS = 2 ** 30;

export class Batch {
  readonly capacity: number;
  count = 0;
  /** Changes whenever anybody joins or leaves those that could be evicted. */
  version = 0;

  // Per slot. `computed` and `generated` of a grouped slot are relative to `tick`.
  readonly request: Int32Array;
  readonly series: Int32Array;
  readonly prompt: Int32Array;
  /** Output tokens after which it is finished. */
  readonly target: Int32Array;
  readonly #computed: Int32Array;
  readonly #generated: Int32Array;
  /** Tokens given to it in the step being planned. */
  readonly planned: Int32Array;
  /** Most tokens it ever had computed: what lies below is recomputation. */
  readonly highWater: Int32Array;
  /** Blocks reserved at admission; 0 where it takes them as it grows. */
  readonly reserved: Int32Array;
  /** Of a loose slot: end of the step of its last token, NaN before the first. */
  readonly #lastToken: Float64Array;
  readonly #state: Uint8Array;
  /** Slot by request, -1 where it does not run; kept only for a policy that asks. */
  #slotOf: Int32Array | undefined;
  readonly #finishTick: Int32Array;

  readonly order: AdmissionOrder;
  readonly #freeSlots: Int32Array;

  /** Loose slots in order of admission. */
  readonly loose: Int32Array;
  looseCount = 0;

  /** Requests in the group, and per series. */
  decoding = 0;
  readonly decodingBySeries: Int32Array;
  /** Sum over the group of the tokens computed so far. */
  context = 0;
  /** Steps the group has taken. */
  tick = 0;
  /** End of the last of them. */
  #lastStep: Micros = 0;
  /** When each of the group has all its tokens: tick x width + slot. */
  readonly #finishes = new NumberHeap();
  readonly #width: number;
  readonly #phases: BlockPhases;
  readonly #seriesIndex: SeriesIndex;

  constructor(capacity: number, blockSize: number, series: SeriesIndex) {
    this.capacity = capacity;
    this.#width = 2 ** Math.ceil(Math.log2(capacity));
    this.request = new Int32Array(capacity);
    this.series = new Int32Array(capacity);
    this.prompt = new Int32Array(capacity);
    this.target = new Int32Array(capacity);
    this.#computed = new Int32Array(capacity);
    this.#generated = new Int32Array(capacity);
    this.planned = new Int32Array(capacity);
    this.highWater = new Int32Array(capacity);
    this.reserved = new Int32Array(capacity);
    this.#lastToken = new Float64Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#finishTick = new Int32Array(capacity);
    this.order = new AdmissionOrder(capacity);
    this.#freeSlots = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    this.loose = new Int32Array(capacity);
    this.decodingBySeries = new Int32Array(series.count);
    this.#phases = new BlockPhases(blockSize);
    this.#seriesIndex = series;
  }

  /** From now on `slotOf` knows where a request runs. Nobody runs yet. */
  keepSlots(requests: number): void {
    this.#slotOf = new Int32Array(requests).fill(-1);
  }

  /** Slot of a request, or -1. Only after `keepSlots`. */
  slotOf(request: number): number {
    return this.#slotOf![request]!;
  }

  computed(slot: number): number {
    return this.#state[slot] === GROUPED ? this.#computed[slot]! + this.tick : this.#computed[slot]!;
  }

  generated(slot: number): number {
    return this.#state[slot] === GROUPED ? this.#generated[slot]! + this.tick : this.#generated[slot]!;
  }

  /** Tokens that a loose request has still to compute before it gets an output token: prompt and output so far. */
  remaining(slot: number): number {
    return this.prompt[slot]! + this.#generated[slot]! - this.#computed[slot]!;
  }

  /** Whether one more token is the next output of a loose request, rather than prefill. */
  decodes(slot: number): boolean {
    return this.#generated[slot]! > 0 && this.remaining(slot) === 1;
  }

  /** End of the step of its last token; NaN before the first. */
  lastTokenOf(slot: number): Micros {
    return this.#state[slot] === GROUPED ? this.#lastStep : this.#lastToken[slot]!;
  }

  /** Whether it is this request that runs in a slot. */
  holds(slot: number, request: number): boolean {
    return this.#state[slot] !== EMPTY && this.request[slot] === request;
  }

  isGrouped(slot: number): boolean {
    return this.#state[slot] === GROUPED;
  }

  isDone(slot: number): boolean {
    return this.#state[slot] === DONE;
  }

  /** Takes a slot for a request; it is last in order of admission, and loose. */
  admit(request: number, prompt: number, target: number, progress: Progress | undefined): number {
    const slot = this.#freeSlots[this.capacity - ++this.count]!;
    this.version++;
    this.order.append(slot);
    this.request[slot] = request;
    if (this.#slotOf) this.#slotOf[request] = slot;
    this.series[slot] = this.#seriesIndex.of(request);
    this.prompt[slot] = prompt;
    this.target[slot] = target;
    this.reserved[slot] = 0;
    this.#computed[slot] = progress ? progress.computed : 0;
    this.#generated[slot] = progress ? progress.generated : 0;
    this.highWater[slot] = progress ? progress.highWater : 0;
    this.#lastToken[slot] = progress ? progress.lastToken : NaN;
    this.#state[slot] = LOOSE;
    this.loose[this.looseCount++] = slot;
    return slot;
  }

  /** Frees a slot. Its progress must have been read before. */
  remove(slot: number): void {
    if (this.#state[slot] === GROUPED) this.#leaveGroup(slot);
    else if (this.#state[slot] === LOOSE) this.#dropLoose(slot);
    this.order.remove(slot);
    this.#state[slot] = EMPTY;
    if (this.#slotOf) this.#slotOf[this.request[slot]!] = -1;
    this.#freeSlots[this.capacity - this.count--] = slot;
    this.version++;
  }

  /** Ends the step of a loose request that was given tokens. Returns whether it got an output token with them. */
  progress(slot: number): boolean {
    const remaining = this.remaining(slot) - this.planned[slot]!;
    this.#computed[slot]! += this.planned[slot]!;
    this.planned[slot] = 0;
    if (remaining > 0) return false;
    this.#generated[slot]!++;
    return true;
  }

  /** A request that has all its tokens: it keeps its slot until it is removed, and takes no more part. */
  finish(slot: number): void {
    if (this.#state[slot] === GROUPED) {
      this.#leaveGroup(slot);
      this.#loosen(slot);
    }
    this.#state[slot] = DONE;
    this.version++;
  }

  /** Makes a loose request, whose whole context is computed, part of the group at the end of a step. The caller drops it from `loose`. */
  join(slot: number, end: Micros): void {
    const { tick } = this;
    this.#lastStep = end;
    const computed = this.#computed[slot]!;
    const generated = this.#generated[slot]!;
    const finishTick = tick + this.target[slot]! - generated;
    this.#state[slot] = GROUPED;
    this.#finishTick[slot] = finishTick;
    this.#finishes.push(finishTick * this.#width + slot);
    this.#computed[slot] = computed - tick;
    this.#generated[slot] = generated - tick;
    this.decoding++;
    this.decodingBySeries[this.series[slot]!]!++;
    this.context += computed;
    this.#phases.enter(computed - tick);
  }

  /** Blocks that the group needs for one step, `ahead` steps from now. */
  blocksForTick(ahead = 0): number {
    return this.#phases.blocksAfter(this.tick + ahead);
  }

  /** Tick at which the next of the group has all its tokens. Only meaningful while it is not empty. */
  nextFinish(): number {
    const finishes = this.#finishes;
    for (;;) {
      const tick = Math.floor(finishes.min / this.#width);
      if (this.#isCurrent(tick, finishes.min - tick * this.#width)) return tick;
      finishes.pop();
    }
  }

  /** The group takes `steps` steps, the last of which ends at `end`. */
  advance(steps: number, end: Micros): void {
    this.#lastStep = end;
    this.tick += steps;
    this.context += steps * this.decoding;
  }

  /** One of the group that has all its tokens now, or -1. The caller takes it out of the group. */
  nextFinished(): number {
    const finishes = this.#finishes;
    const { tick } = this;
    const now = tick * this.#width;
    while (finishes.size > 0) {
      // Negative where the entry is of an earlier tick: its request left the group before it was done.
      const slot = finishes.min - now;
      if (slot >= this.#width) return -1;
      finishes.pop();
      if (slot >= 0 && this.#isCurrent(tick, slot)) return slot;
    }
    return -1;
  }

  /** Whether ticks are about to outgrow their columns: after `dissolve` they start from 0 again. */
  get isWorn(): boolean {
    return this.tick > MOST_TICKS;
  }

  /** Makes everyone loose, so that the step is planned one by one. */
  dissolve(): void {
    if (this.decoding === 0) return;
    this.looseCount = 0;
    for (let slot = this.order.first(); slot >= 0; slot = this.order.after(slot)) {
      if (this.#state[slot] === GROUPED) {
        this.#loosen(slot);
        this.#lastToken[slot] = this.#lastStep;
      }
      if (this.#state[slot] === LOOSE) this.loose[this.looseCount++] = slot;
    }
    this.decoding = 0;
    this.tick = 0;
    this.context = 0;
    this.decodingBySeries.fill(0);
    this.#phases.clear();
    this.#finishes.clear();
  }

  /** Puts the loose into the order of their numbers in `turn`, by slot. */
  sortLoose(turn: Int32Array): void {
    this.loose.subarray(0, this.looseCount).sort((a, b) => turn[a]! - turn[b]!);
  }

  /** Requests in order of admission into `into`; returns how many. `slots`, if given, receives their slots. */
  inOrder(into: Int32Array, slots: Int32Array, withDone: boolean): number {
    let n = 0;
    for (let slot = this.order.first(); slot >= 0; slot = this.order.after(slot)) {
      if (!withDone && this.#state[slot] === DONE) continue;
      slots[n] = slot;
      into[n++] = this.request[slot]!;
    }
    return n;
  }

  /** Heap entries of requests that left the group early stay behind; they no longer match their slot. */
  #isCurrent(tick: number, slot: number): boolean {
    return this.#state[slot] === GROUPED && this.#finishTick[slot] === tick;
  }

  /** Makes its progress absolute. */
  #loosen(slot: number): void {
    this.#computed[slot]! += this.tick;
    this.#generated[slot]! += this.tick;
    this.#state[slot] = LOOSE;
  }

  #leaveGroup(slot: number): void {
    this.#phases.leave(this.#computed[slot]!);
    this.decoding--;
    this.decodingBySeries[this.series[slot]!]!--;
    this.context -= this.#computed[slot]! + this.tick;
  }

  #dropLoose(slot: number): void {
    const at = this.loose.indexOf(slot);
    this.loose.copyWithin(at, at + 1, this.looseCount--);
  }
}
