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
import { WaitingSet } from './waiting-set.ts';

const PROMPT_PRICE = 1;
const OUTPUT_PRICE = 2;
/** Most figures of service, one per class and set of classes that waited together: 32 MiB of them. */
const MAX_FIGURES = 2 ** 22;
/** Service differences are kept for every pair. */
const MAX_PAIRED_CLASSES = 12;

interface ContentionRecord {
  readonly waiting: readonly number[];
  time: Micros;
  readonly service: Float64Array;
}

export class Ledger {
  readonly #classes: number;
  readonly #waiting: Int32Array;
  readonly #weights: Float64Array;
  readonly #pending: Float64Array;
  /** By set of waiting classes; undefined once there were too many sets to keep. */
  #records: Map<number | string, ContentionRecord> | undefined = new Map();
  /** Per pair (f, g): running difference and its extremes since both began to wait. */
  readonly #difference: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #set: WaitingSet;
  /** The record of the set, once it has been looked up. */
  #record: ContentionRecord | undefined;
  #contended = false;
  /** Whether `pending` holds anything. */
  #served = false;
  #largest = -1;

  constructor(classes: readonly RequestClass[]) {
    this.#classes = classes.length;
    this.#set = new WaitingSet(classes.length);
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

  /** In the order in which the sets first occurred; null where there were too many to keep. */
  collect(): ContendedService[] | null {
    return this.#records ? [...this.#records.values()] : null;
  }

  get largestDifference(): number | null {
    return this.#largest < 0 ? null : this.#largest;
  }

  #enter(time: number): void {
    const service = this.#pending;
    const record = this.#records && (this.#record ??= this.#recordOf(this.#records));
    if (record) {
      record.time += time;
      for (let c = 0; c < this.#classes; c++) record.service[c]! += service[c]!;
    }
    if (this.#difference.length > 0 && this.#served) this.#comparePairs(service);
  }

  #recordOf(records: Map<number | string, ContentionRecord>): ContentionRecord | undefined {
    const { key } = this.#set;
    const known = records.get(key);
    if (known) return known;
    if ((records.size + 1) * this.#classes > MAX_FIGURES) {
      this.#records = undefined;
      return undefined;
    }
    const record = { waiting: this.#set.members(), time: 0, service: new Float64Array(this.#classes) };
    records.set(key, record);
    return record;
  }

  #comparePairs(service: Float64Array): void {
    const n = this.#classes;
    for (let f = 0; f < n; f++) {
      if (!this.#set.has(f)) continue;
      for (let g = f + 1; g < n; g++) {
        if (!this.#set.has(g)) continue;
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
    const waits = this.#set.flip(classIndex);
    this.#record = undefined;
    this.#contended = this.#set.size > 1;
    // A pair's stretch begins when the second of the two starts to wait.
    if (this.#contended && waits && this.#difference.length > 0) this.#startPairs(classIndex);
  }

  #startPairs(classIndex: number): void {
    const n = this.#classes;
    for (let other = 0; other < n; other++) {
      const pair = Math.min(classIndex, other) * n + Math.max(classIndex, other);
      this.#difference[pair] = this.#low[pair] = this.#high[pair] = 0;
    }
  }
}
