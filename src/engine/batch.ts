/**
 * The running requests: their slots, the order in which they were admitted, and how far each has come.
 *
 * A request that decodes gets one token in every step, like all others that decode. Those requests form the
 * *group*: their progress is one shared counter (`tick`), and the sums that a step needs (context tokens,
 * who needs a KV block next, who finishes next) are kept up to date when a request joins or leaves, so that
 * a decode step never walks over the batch. Everyone else (prefilling, resumed, or starved in a step that
 * could not serve all) is *loose* and is planned one by one, in order of admission.
 */
import { NumberHeap } from '../core/number-heap.ts';
import type { SeriesIndex } from './gaps.ts';

/** Values of `state`. */
const EMPTY = 0;
const LOOSE = 1;
const GROUPED = 2;
/** Has all its tokens, but the engine has not seen it yet (async scheduling). */
const DONE = 3;

/** Least non-negative remainder, for whole numbers beyond 32 bits (`%` on doubles is an order slower). */
function modulo(value: number, size: number): number {
  return value - size * Math.floor(value / size);
}

export class Batch {
  readonly capacity: number;
  count = 0;
  /** Changes whenever anybody joins or leaves those that could be evicted. */
  version = 0;

  // Per slot. `computed` and `generated` of a grouped slot are relative to `tick`.
  readonly request: Int32Array;
  readonly prompt: Float64Array;
  /** Output tokens after which it is finished. */
  readonly target: Float64Array;
  readonly #computed: Float64Array;
  readonly #generated: Float64Array;
  /** Tokens given to it in the step being planned. */
  readonly planned: Float64Array;
  /** Most tokens it ever had computed: what lies below is recomputation. */
  readonly highWater: Float64Array;
  /** Blocks reserved at admission; 0 where it takes them as it grows. */
  readonly reserved: Float64Array;
  /** End of the step of its last token; of a grouped slot, that of the group. */
  readonly lastToken: Float64Array;
  readonly #state: Uint8Array;
  readonly #finishTick: Float64Array;

  // Order of admission: a doubly linked list whose sentinel is slot `capacity`.
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
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
  /** When each of the group has all its tokens: tick x width + slot. */
  readonly #finishes = new NumberHeap();
  readonly #width: number;
  /** How many of the group cross a block boundary, by (computed - tick) modulo the block size. Empty where nobody grows. */
  readonly #phase: Int32Array;
  readonly #series: SeriesIndex;

  constructor(capacity: number, blockSize: number, series: SeriesIndex) {
    this.capacity = capacity;
    this.#width = 2 ** Math.ceil(Math.log2(capacity));
    this.request = new Int32Array(capacity);
    this.prompt = new Float64Array(capacity);
    this.target = new Float64Array(capacity);
    this.#computed = new Float64Array(capacity);
    this.#generated = new Float64Array(capacity);
    this.planned = new Float64Array(capacity);
    this.highWater = new Float64Array(capacity);
    this.reserved = new Float64Array(capacity);
    this.lastToken = new Float64Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#finishTick = new Float64Array(capacity);
    this.#next = new Int32Array(capacity + 1).fill(capacity);
    this.#previous = new Int32Array(capacity + 1).fill(capacity);
    this.#freeSlots = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    this.loose = new Int32Array(capacity);
    this.decodingBySeries = new Int32Array(series.count);
    this.#phase = new Int32Array(blockSize);
    this.#series = series;
  }

  computed(slot: number): number {
    return this.#state[slot] === GROUPED ? this.#computed[slot]! + this.tick : this.#computed[slot]!;
  }

  generated(slot: number): number {
    return this.#state[slot] === GROUPED ? this.#generated[slot]! + this.tick : this.#generated[slot]!;
  }

  /** Prompt and output so far. */
  length(slot: number): number {
    return this.prompt[slot]! + this.generated(slot);
  }

  isGrouped(slot: number): boolean {
    return this.#state[slot] === GROUPED;
  }

  isDone(slot: number): boolean {
    return this.#state[slot] === DONE;
  }

  /** Slot of the request admitted first, or -1. With `after`, the one admitted next after it. */
  first(): number {
    return this.#link(this.#next[this.capacity]!);
  }

  after(slot: number): number {
    return this.#link(this.#next[slot]!);
  }

  /** Takes a slot for a request; it is last in order of admission, and loose. */
  admit(request: number, prompt: number, target: number, computed: number, generated: number): number {
    const slot = this.#freeSlots[this.capacity - ++this.count]!;
    this.version++;
    const last = this.#previous[this.capacity]!;
    this.#next[last] = slot;
    this.#previous[slot] = last;
    this.#next[slot] = this.capacity;
    this.#previous[this.capacity] = slot;
    this.request[slot] = request;
    this.prompt[slot] = prompt;
    this.target[slot] = target;
    this.#computed[slot] = computed;
    this.#generated[slot] = generated;
    this.planned[slot] = 0;
    this.reserved[slot] = 0;
    this.#state[slot] = LOOSE;
    this.loose[this.looseCount++] = slot;
    return slot;
  }

  /** Frees a slot. Its progress must have been read before. */
  remove(slot: number): void {
    if (this.#state[slot] === GROUPED) this.#leaveGroup(slot);
    else if (this.#state[slot] === LOOSE) this.#dropLoose(slot);
    const next = this.#next[slot]!;
    const previous = this.#previous[slot]!;
    this.#next[previous] = next;
    this.#previous[next] = previous;
    this.#state[slot] = EMPTY;
    this.#freeSlots[this.capacity - this.count--] = slot;
    this.version++;
  }

  /** A loose request whose step has ended: counts its tokens, and its output if it emitted one. */
  progress(slot: number, computed: number, emitted: number): void {
    this.#computed[slot]! += computed;
    this.#generated[slot]! += emitted;
    this.planned[slot] = 0;
  }

  /** A request that has all its tokens: it keeps its slot until it is removed, and takes no more part. */
  finish(slot: number): void {
    if (this.#state[slot] === GROUPED) this.#leaveGroup(slot);
    this.#state[slot] = DONE;
    this.version++;
  }

  /** Makes a loose request, whose whole context is computed, part of the group. The caller drops it from `loose`. */
  join(slot: number): void {
    const request = this.request[slot]!;
    const computed = this.#computed[slot]!;
    const finishTick = this.tick + this.target[slot]! - this.#generated[slot]!;
    this.#state[slot] = GROUPED;
    this.#finishTick[slot] = finishTick;
    this.#finishes.push(finishTick * this.#width + slot);
    this.#computed[slot] = computed - this.tick;
    this.#generated[slot]! -= this.tick;
    this.decoding++;
    this.decodingBySeries[this.#series.of(request)]!++;
    this.context += computed;
    if (this.#phase.length > 0) this.#phase[this.#phaseOf(slot)]!++;
  }

  /** Blocks that the group needs for one step, `ahead` steps from now. */
  blocksForTick(ahead = 0): number {
    return this.#phase[modulo(-this.tick - ahead, this.#phase.length)]!;
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

  /** The group takes `steps` steps. */
  advance(steps: number): void {
    this.tick += steps;
    this.context += steps * this.decoding;
  }

  /** Takes one that has all its tokens now out of the group and returns its slot; -1 when there is none. */
  takeFinished(): number {
    const finishes = this.#finishes;
    const later = (this.tick + 1) * this.#width;
    while (finishes.size > 0 && finishes.min < later) {
      const tick = Math.floor(finishes.min / this.#width);
      const slot = finishes.min - tick * this.#width;
      finishes.pop();
      if (this.#isCurrent(tick, slot)) {
        this.finish(slot);
        return slot;
      }
    }
    return -1;
  }

  /** Whether ticks are about to outgrow what `finishes` can hold exactly: after `dissolve` they start from 0 again. */
  get isWorn(): boolean {
    return this.tick * this.#width > 2 ** 52;
  }

  /** Makes everyone loose, so that the step is planned one by one. `groupToken`: end of the group's last step. */
  dissolve(groupToken: number): void {
    if (this.decoding === 0) return;
    this.looseCount = 0;
    for (let slot = this.first(); slot >= 0; slot = this.after(slot)) {
      if (this.#state[slot] === GROUPED) {
        this.#loosen(slot);
        this.lastToken[slot] = groupToken;
      }
      if (this.#state[slot] === LOOSE) this.loose[this.looseCount++] = slot;
    }
    this.decoding = 0;
    this.tick = 0;
    this.context = 0;
    this.decodingBySeries.fill(0);
    this.#phase.fill(0);
    this.#finishes.clear();
  }

  /** Requests in order of admission into `into`; returns how many. `slots`, if given, receives their slots. */
  inOrder(into: Int32Array, slots: Int32Array, withDone: boolean): number {
    let n = 0;
    for (let slot = this.first(); slot >= 0; slot = this.after(slot)) {
      if (!withDone && this.#state[slot] === DONE) continue;
      slots[n] = slot;
      into[n++] = this.request[slot]!;
    }
    return n;
  }

  #link(slot: number): number {
    return slot === this.capacity ? -1 : slot;
  }

  #phaseOf(slot: number): number {
    return modulo(this.#computed[slot]!, this.#phase.length);
  }

  /** Heap entries of requests that left the group early stay behind; they no longer match their slot. */
  #isCurrent(tick: number, slot: number): boolean {
    return this.#state[slot] === GROUPED && this.#finishTick[slot] === tick;
  }

  #loosen(slot: number): void {
    this.#computed[slot]! += this.tick;
    this.#generated[slot]! += this.tick;
    this.#state[slot] = LOOSE;
  }

  #leaveGroup(slot: number): void {
    if (this.#phase.length > 0) this.#phase[this.#phaseOf(slot)]!--;
    this.#loosen(slot);
    this.decoding--;
    this.decodingBySeries[this.#series.of(this.request[slot]!)]!--;
    this.context -= this.#computed[slot]!;
  }

  #dropLoose(slot: number): void {
    const at = this.loose.indexOf(slot);
    this.loose.copyWithin(at, at + 1, this.looseCount--);
  }
}
