/**
 * Inter-token gaps, kept as counts per duration and series: exact percentiles at the price of one addition
 * per step and series, however many tokens the step emits.
 */
import type { Micros } from '../../core/time.ts';
import type { RequestTable } from '../../workload/request-table.ts';
import type { GapSeries } from '../outcomes.ts';
import { WorkLimitError } from '../work-limit.ts';

/** With more (class, tenant) pairs than this, gaps are kept per class only. */
const MAX_PAIRS = 64;

/** Which requests share a series: those of one class, and of one tenant while the pairs are few. */
export class SeriesIndex {
  readonly count: number;
  /** Of counting a gap in each of them, in steps. */
  readonly work: number;
  readonly #tenants: number;
  readonly #table: RequestTable;

  constructor(table: RequestTable) {
    const pairs = table.classes.length * Math.max(1, table.tenants.length);
    this.#table = table;
    this.#tenants = table.tenants.length > 1 && pairs <= MAX_PAIRS ? table.tenants.length : 1;
    this.count = table.classes.length * this.#tenants;
    this.work = this.count >> 5;
  }

  of(request: number): number {
    const classIndex = this.#table.class[request]!;
    return this.#tenants === 1 ? classIndex : classIndex * this.#tenants + this.#table.tenant[request]!;
  }

  classOf(series: number): number {
    return this.#tenants === 1 ? series : Math.floor(series / this.#tenants);
  }

  /** Index of the tenant, or -1 when the series spans all tenants. */
  tenantOf(series: number): number {
    if (this.#table.tenants.length === 1) return 0;
    return this.#tenants === 1 ? -1 : series % this.#tenants;
  }
}

/** A row of counts, one per series, for each duration that has occurred; rows are found by hashing. */
export class GapCounts {
  readonly #series: number;
  readonly #most: number;
  /** Duration and counts by row, in the order of first occurrence. */
  #durations = new Float64Array(32);
  #counts: Float64Array;
  #rows = 0;
  /** Row + 1 by hash, 0 where there is none; the next place is tried where another row stands. */
  #index = new Int32Array(64);
  /** 32 less the bits of a place in the index. */
  #shift = 26;
  /** Steps of one length follow each other. */
  #lastGap = -1;
  #lastRow = 0;

  /** @param most counts; beyond them a WorkLimitError is thrown */
  constructor(series: number, most = Infinity) {
    this.#series = series;
    this.#most = most;
    this.#counts = new Float64Array(this.#durations.length * series);
  }

  /** Adds `times` gaps of one duration to each series s, weighted by `members[s]`. */
  addAll(gap: Micros, members: Int32Array, times: number): void {
    const series = this.#series;
    const at = this.#rowOf(gap) * series;
    const counts = this.#counts;
    for (let s = 0; s < series; s++) counts[at + s]! += members[s]! * times;
  }

  addOne(gap: Micros, series: number): void {
    const at = this.#rowOf(gap) * this.#series + series;
    this.#counts[at]!++;
  }

  /** The samples per series, ascending; series without a gap are left out. */
  collect(index: SeriesIndex): GapSeries[] {
    const durations = this.#durations;
    const order = Array.from({ length: this.#rows }, (_, row) => row).sort((a, b) => durations[a]! - durations[b]!);
    const result: GapSeries[] = [];
    for (let s = 0; s < this.#series; s++) {
      const count = (row: number): number => this.#counts[row * this.#series + s]!;
      const rows = order.filter((row) => count(row) > 0);
      if (rows.length === 0) continue;
      result.push({
        class: index.classOf(s), tenant: index.tenantOf(s),
        values: Float64Array.from(rows, (row) => durations[row]!), counts: Float64Array.from(rows, count),
      });
    }
    return result;
  }

  #rowOf(gap: Micros): number {
    if (gap === this.#lastGap) return this.#lastRow;
    this.#lastGap = gap;
    return (this.#lastRow = this.#lookUp(gap));
  }

  #lookUp(gap: Micros): number {
    let at = this.#placeOf(gap);
    for (let row = this.#index[at]!; row > 0; row = this.#index[at]!) {
      if (this.#durations[row - 1] === gap) return row - 1;
      at = (at + 1) & (this.#index.length - 1);
    }
    if (this.#rows === this.#durations.length) {
      this.#grow();
      return this.#lookUp(gap);
    }
    this.#durations[this.#rows] = gap;
    this.#index[at] = ++this.#rows;
    return this.#rows - 1;
  }

  /** Fibonacci hashing: the top bits of a product with 2^32 / golden ratio. */
  #placeOf(gap: Micros): number {
    return Math.imul(gap ^ (gap / 2 ** 32), 0x9e3779b1) >>> this.#shift;
  }

  /** Twice the rows, and an index twice as long as these. */
  #grow(): void {
    if (2 * this.#rows * this.#series > this.#most) throw new WorkLimitError('gaps', this.#most);
    const durations = new Float64Array(2 * this.#rows);
    durations.set(this.#durations);
    this.#durations = durations;
    const counts = new Float64Array(durations.length * this.#series);
    counts.set(this.#counts);
    this.#counts = counts;
    this.#index = new Int32Array(2 * durations.length);
    this.#shift--;
    for (let row = 0; row < this.#rows; row++) {
      let at = this.#placeOf(durations[row]!);
      while (this.#index[at]! > 0) at = (at + 1) & (this.#index.length - 1);
      this.#index[at] = row + 1;
    }
  }
}
