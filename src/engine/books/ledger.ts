/**
 * Who was served while several classes had requests waiting: what fairness is judged on.
 *
 * Over a whole drained run every class receives what it asked for, so only contended time tells policies
 * apart. Service is 1 per prompt token (at first admission) and 2 per output token, the prices of the
 * virtual token counter paper (Sheng et al., OSDI 2024).
 */
import type { Micros } from '../../core/time.ts';
import type { RequestClass } from '../../workload/request-table.ts';
import type { ContendedService } from '../outcomes.ts';
import type { SeriesIndex } from './gaps.ts';

const PROMPT_PRICE = 1;
const OUTPUT_PRICE = 2;
/** Sets of waiting classes are bit masks. */
const MAX_CLASSES = 30;
/** Service differences are kept for every pair. */
const MAX_PAIRED_CLASSES = 12;

interface ContentionRecord {
  time: Micros;
  readonly service: Float64Array;
}

export class Ledger {
  readonly #classes: number;
  readonly #waiting: Int32Array;
  readonly #weights: Float64Array;
  readonly #pending: Float64Array;
  readonly #records = new Map<number, ContentionRecord>();
  /** Per pair (f, g): running difference and its extremes since both began to wait. */
  readonly #difference: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  #mask = 0;
  /** The record of `mask`, once it has been looked up. */
  #record: ContentionRecord | undefined;
  #contended = false;
  /** Whether `pending` holds anything. */
  #served = false;
  #largest = -1;

  constructor(classes: readonly RequestClass[]) {
    this.#classes = classes.length <= MAX_CLASSES ? classes.length : 0;
    this.#waiting = new Int32Array(classes.length);
    this.#weights = Float64Array.from(classes, (c) => c.weight);
    this.#pending = new Float64Array(classes.length);
    const pairs = this.#classes <= MAX_PAIRED_CLASSES ? this.#classes * this.#classes : 0;
    this.#difference = new Float64Array(pairs);
    this.#low = new Float64Array(pairs);
    this.#high = new Float64Array(pairs);
  }

  /** A request of this class starts to wait. */
  wait(classIndex: number): void {
    if (this.#waiting[classIndex]!++ === 0) this.#flip(classIndex);
  }

  leave(classIndex: number): void {
    if (--this.#waiting[classIndex]! === 0) this.#flip(classIndex);
  }

  /** Prompt tokens of a first admission; they count with the step that starts now. */
  admit(classIndex: number, promptTokens: number): void {
    this.#pending[classIndex]! += PROMPT_PRICE * promptTokens;
    if (promptTokens > 0) this.#served = true;
  }

  /** Every member of series s got `tokens` output tokens in the steps that are about to be settled. */
  serve(members: Int32Array, tokens: number, series: SeriesIndex): void {
    if (!this.#contended || tokens === 0) return;
    this.#served = true;
    for (let s = 0; s < members.length; s++) this.#pending[series.classOf(s)]! += OUTPUT_PRICE * members[s]! * tokens;
  }

  /** One output token of a request that is served by itself, in the step that is about to be settled. */
  token(classIndex: number): void {
    if (!this.#contended) return;
    this.#served = true;
    this.#pending[classIndex]! += OUTPUT_PRICE;
  }

  /** Ends steps that took `time` together: what was served in them counts for those who waited meanwhile. */
  settle(time: number): void {
    if (this.#contended && (time > 0 || this.#served)) this.#enter(time);
    if (this.#served) {
      this.#served = false;
      for (let c = 0; c < this.#pending.length; c++) this.#pending[c] = 0;
    }
  }

  collect(): ContendedService[] {
    return [...this.#records]
      .sort(([a], [b]) => a - b)
      .map(([mask, { time, service }]) => ({
        waiting: Array.from({ length: this.#classes }, (_, c) => c).filter((c) => (mask >> c) & 1),
        time,
        service,
      }));
  }

  get largestDifference(): number | null {
    return this.#largest < 0 ? null : this.#largest;
  }

  #enter(time: number): void {
    const service = this.#pending;
    const record = (this.#record ??= this.#recordOf(this.#mask));
    record.time += time;
    for (let c = 0; c < this.#classes; c++) record.service[c]! += service[c]!;
    if (this.#difference.length > 0 && this.#served) this.#comparePairs(service);
  }

  #recordOf(mask: number): ContentionRecord {
    let record = this.#records.get(mask);
    if (!record) this.#records.set(mask, (record = { time: 0, service: new Float64Array(this.#classes) }));
    return record;
  }

  #comparePairs(service: Float64Array): void {
    const n = this.#classes;
    for (let f = 0; f < n; f++) {
      if (!((this.#mask >> f) & 1)) continue;
      for (let g = f + 1; g < n; g++) {
        if (!((this.#mask >> g) & 1)) continue;
        const pair = f * n + g;
        const now = (this.#difference[pair]! += service[f]! / this.#weights[f]! - service[g]! / this.#weights[g]!);
        if (now < this.#low[pair]!) this.#low[pair] = now;
        if (now > this.#high[pair]!) this.#high[pair] = now;
        const range = this.#high[pair]! - this.#low[pair]!;
        if (range > this.#largest) this.#largest = range;
      }
    }
  }

  #flip(classIndex: number): void {
    if (classIndex >= this.#classes) return;
    const bit = 1 << classIndex;
    this.#mask ^= bit;
    this.#record = undefined;
    this.#contended = (this.#mask & (this.#mask - 1)) !== 0;
    // A pair's stretch begins when the second of the two starts to wait.
    if (this.#contended && (this.#mask & bit) !== 0 && this.#difference.length > 0) this.#startPairs(classIndex);
  }

  #startPairs(classIndex: number): void {
    const n = this.#classes;
    for (let other = 0; other < n; other++) {
      const pair = Math.min(classIndex, other) * n + Math.max(classIndex, other);
      this.#difference[pair] = this.#low[pair] = this.#high[pair] = 0;
    }
  }
}
