/**
 * Inter-token gaps, kept as counts per duration and series: exact percentiles at the price of one addition
 * per step and series, however many tokens the step emits.
 */
import type { Micros } from '../core/time.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { GapSeries } from './outcomes.ts';

/** Cells of the flat array of counts (32 MB); gaps beyond it count in a map. */
const FLAT_CELLS = 1 << 22;
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
  #flat = new Float64Array(0);
  /** Range of the gaps counted in `flat`. */
  #shortest = Infinity;
  #longest = -1;
  readonly #long = new Map<number, Float64Array>();

  constructor(series: number) {
    this.#series = series;
    this.#flatLimit = Math.floor(FLAT_CELLS / series);
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
      const row = this.#longRow(gap);
      for (let s = 0; s < series; s++) row[s]! += members[s]! * times;
    }
  }

  addOne(gap: Micros, series: number): void {
    if (gap < this.#flatLimit) {
      const at = gap * this.#series + series;
      if (gap < this.#shortest || gap > this.#longest) this.#widen(gap);
      this.#flat[at]!++;
    } else {
      this.#longRow(gap)[series]!++;
    }
  }

  /** The samples per series, ascending; series without a gap are left out. */
  collect(index: SeriesIndex): GapSeries[] {
    const longGaps = [...this.#long.keys()].sort((a, b) => a - b);
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
      for (const gap of longGaps) {
        const count = this.#long.get(gap)![s]!;
        if (count > 0) {
          values.push(gap);
          counts.push(count);
        }
      }
      if (values.length > 0) {
        result.push({ class: index.classOf(s), tenant: index.tenantOf(s), values: Float64Array.from(values), counts: Float64Array.from(counts) });
      }
    }
    return result;
  }

  #longRow(gap: Micros): Float64Array {
    let row = this.#long.get(gap);
    if (!row) this.#long.set(gap, (row = new Float64Array(this.#series)));
    return row;
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
