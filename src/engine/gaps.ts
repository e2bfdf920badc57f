/**
 * Inter-token gaps, kept as counts per duration and series: exact percentiles at the price of one addition
 * per step and series, however many tokens the step emits.
 */
import type { Micros } from '../core/time.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { GapSeries } from './outcomes.ts';

/** Cells of the flat array of counts (32 MB); gaps beyond it count in a map. */
const FLAT_CELLS = 1 << 22;
/** The gap of one request alone widens the array only so far (2 MB): after a preemption it may be seconds long. */
const FLAT_CELLS_FOR_ONE = 1 << 18;
/** With more (class, tenant) pairs than this, gaps are kept per class only. */
const MAX_PAIRS = 64;

/** Which requests share a series: those of one class, and of one tenant while the pairs are few. */
export class SeriesIndex {
  readonly count: number;
  readonly #tenants: number;
  readonly #table: RequestTable;

  constructor(table: RequestTable) {
    const pairs = table.classes.length * Math.max(1, table.tenants.length);
    this.#table = table;
    this.#tenants = table.tenants.length > 1 && pairs <= MAX_PAIRS ? table.tenants.length : 1;
    this.count = table.classes.length * this.#tenants;
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

export class GapCounts {
  readonly #series: number;
  readonly #flatLimit: number;
  readonly #flatLimitForOne: number;
  #flat = new Float64Array(0);
  /** Range of the gaps counted in `flat`. */
  #shortest = Infinity;
  #longest = -1;
  /** Per series, gap to count. */
  readonly #long: readonly Map<number, number>[];

  constructor(series: number) {
    this.#series = series;
    this.#long = Array.from({ length: series }, () => new Map());
    this.#flatLimit = Math.floor(FLAT_CELLS / series);
    this.#flatLimitForOne = Math.floor(FLAT_CELLS_FOR_ONE / series);
  }

  /** Adds `times` gaps of one duration to each series s, weighted by `members[s]`. */
  addAll(gap: Micros, members: Int32Array, times: number): void {
    const series = this.#series;
    if (gap < this.#flatLimit) {
      const at = gap * series;
      if (gap < this.#shortest || gap > this.#longest) this.#widen(gap);
      const flat = this.#flat;
      for (let s = 0; s < series; s++) flat[at + s]! += members[s]! * times;
    } else {
      for (let s = 0; s < series; s++) if (members[s]! > 0) this.#addLong(gap, s, members[s]! * times);
    }
  }

  addOne(gap: Micros, series: number): void {
    if (gap <= this.#longest || gap < this.#flatLimitForOne) {
      const at = gap * this.#series + series;
      if (gap < this.#shortest || gap > this.#longest) this.#widen(gap);
      this.#flat[at]!++;
    } else {
      this.#addLong(gap, series, 1);
    }
  }

  /** The samples per series, ascending; series without a gap are left out. */
  collect(index: SeriesIndex): GapSeries[] {
    this.#foldLong();
    const result: GapSeries[] = [];
    for (let s = 0; s < this.#series; s++) {
      const values: number[] = [];
      const counts: number[] = [];
      for (let gap = this.#shortest; gap <= this.#longest; gap++) {
        const at = gap * this.#series + s;
        if (this.#flat[at]! > 0) {
          values.push(gap);
          counts.push(this.#flat[at]!);
        }
      }
      const long = this.#long[s]!;
      for (const gap of Float64Array.from(long.keys()).sort()) {
        values.push(gap);
        counts.push(long.get(gap)!);
      }
      if (values.length > 0) {
        result.push({ class: index.classOf(s), tenant: index.tenantOf(s), values: Float64Array.from(values), counts: Float64Array.from(counts) });
      }
    }
    return result;
  }

  /** Gaps that were counted in the map before the array had grown over them. */
  #foldLong(): void {
    this.#long.forEach((long, s) => {
      for (const [gap, count] of long) {
        if (gap > this.#longest) continue;
        if (gap < this.#shortest) this.#widen(gap);
        this.#flat[gap * this.#series + s]! += count;
        long.delete(gap);
      }
    });
  }

  #addLong(gap: Micros, series: number, count: number): void {
    const long = this.#long[series]!;
    long.set(gap, (long.get(gap) ?? 0) + count);
  }

  #widen(gap: Micros): void {
    if (gap < this.#shortest) this.#shortest = gap;
    if (gap <= this.#longest) return;
    this.#longest = gap;
    if ((gap + 1) * this.#series <= this.#flat.length) return;
    const rows = Math.min(this.#flatLimit, Math.max(1024, 2 * (gap + 1)));
    const flat = new Float64Array(rows * this.#series);
    flat.set(this.#flat);
    this.#flat = flat;
  }
}
