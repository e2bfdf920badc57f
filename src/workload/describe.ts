/** What a workload looks like: how many requests, how fast, how long, whose. */
import { nearestRank, selectRanks } from '../core/quantiles.ts';
import { moments } from '../core/statistics.ts';
import type { Micros } from '../core/time.ts';
import { type Burstiness, type Course, courseOf, dispersion } from './pace.ts';
import type { RequestTable } from './request-table.ts';

export interface LengthFigures {
  readonly mean: number | null;
  /** Nearest-rank percentiles; null where there are too few requests: less than 100 / (100 - p). */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** Requests by length, in ranges that double: 0, 1, 2–3, 4–7, …, from the first that has any to the last; ends included. */
  readonly histogram: readonly LengthRange[];
}

export interface LengthRange {
  readonly from: number;
  readonly to: number;
  readonly requests: number;
}

export interface WorkloadFigures {
  readonly requests: number;
  /** From the first arrival to the last; null without requests. */
  readonly span: Micros | null;
  /** Requests per second over the gaps: (requests - 1) / span; null where the span is 0. */
  readonly rate: number | null;
  /** Standard deviation of the gaps between arrivals as a multiple of their mean; null where the span is 0. */
  readonly gapCv: number | null;
  /** Unevenness of the number of requests, by window; none where the span is too short for one. */
  readonly burstiness: readonly Burstiness[];
  /** Null where the span is 0. */
  readonly course: Course | null;
  readonly promptTokens: LengthFigures;
  readonly outputTokens: LengthFigures;
  /** Share of the requests by class, in the order of the classes. */
  readonly classes: Readonly<Record<string, number>>;
  /** Likewise by tenant, in order of first mention; empty when the scenario names none. */
  readonly tenants: Readonly<Record<string, number>>;
}

export function describeWorkload(table: RequestTable): WorkloadFigures {
  const { count, arrival } = table;
  const span = count > 0 ? arrival[count - 1]! - arrival[0]! : null;
  const spread = span !== null && span > 0;
  return {
    requests: count,
    span,
    rate: spread ? ((count - 1) * 1e6) / span : null,
    gapCv: spread ? gapCv(arrival) : null,
    burstiness: dispersion(arrival),
    course: courseOf(arrival),
    promptTokens: lengthFigures(table.promptTokens),
    outputTokens: lengthFigures(table.outputTokens),
    classes: shares(table.class, table.classes.map(({ name }) => name)),
    tenants: shares(table.tenant, table.tenants),
  };
}

function gapCv(arrival: Float64Array): number {
  const gaps = new Float64Array(arrival.length - 1);
  for (let i = 0; i < gaps.length; i++) gaps[i] = arrival[i + 1]! - arrival[i]!;
  const { mean, squares, count } = moments(gaps, gaps.length);
  return Math.sqrt(squares / count) / mean;
}

const PERCENTILES = [50, 90, 99] as const;

function lengthFigures(tokens: Uint32Array): LengthFigures {
  const count = tokens.length;
  if (count === 0) return { mean: null, p50: null, p90: null, p99: null, max: null, histogram: [] };
  const values = Float64Array.from(tokens);
  const { mean, min, max } = moments(values, count);
  const ranks = PERCENTILES.map((percentile) => nearestRank(percentile, count));
  const found = selectRanks(values, count, ranks, { min, max });
  const [p50, p90, p99] = PERCENTILES.map((percentile, i) => (count * (100 - percentile) >= 100 ? found[i]! : null));
  return { mean, p50: p50!, p90: p90!, p99: p99!, max, histogram: histogramOf(tokens) };
}

/** Ranges by the bits of a number of tokens: 0 has none, 1 has one, 2 and 3 have two. */
function histogramOf(tokens: Uint32Array): LengthRange[] {
  const counts = new Float64Array(33);
  for (const length of tokens) counts[32 - Math.clz32(length)]!++;
  const used = Array.from(counts.keys()).filter((bits) => counts[bits]! > 0);
  return Array.from({ length: used.at(-1)! - used[0]! + 1 }, (_, index) => {
    const bits = used[0]! + index;
    return { from: bits === 0 ? 0 : 2 ** (bits - 1), to: bits === 0 ? 0 : 2 ** bits - 1, requests: counts[bits]! };
  });
}

function shares(column: Uint16Array, names: readonly string[]): Record<string, number> {
  const counts = new Float64Array(names.length);
  for (const index of column) if (index < counts.length) counts[index]!++;
  return Object.fromEntries(names.map((name, index) => [name, column.length === 0 ? 0 : counts[index]! / column.length]));
}
