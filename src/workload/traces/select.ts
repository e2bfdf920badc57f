/**
 * Which rows of a trace are replayed, and when: window, sample, limit, speed.
 *
 * Rows are taken by time, those of equal time in the order of the file. The time of a trace starts with its
 * earliest row. Every row is either kept or counted under the reason why it is not.
 */
import { MAX_MICROS } from '../../core/time.ts';
import type { Micros } from '../../core/time.ts';
import { stableOrder } from '../order.ts';
import type { TraceColumns } from './read-trace.ts';

export interface Selection {
  /** Half open, in the trace's own time. What is kept is re-based so that `from` is 0. */
  readonly window?: { readonly from: Micros; readonly to?: Micros | undefined } | undefined;
  /** Times are divided by it. */
  readonly speed?: number | undefined;
  /** Or: the mean rate of what is kept, requests per second, that the speed is chosen for. */
  readonly rate?: number | undefined;
  /** Share of the rows to keep. */
  readonly sample?: number | undefined;
  /** Most rows to keep, the earliest. */
  readonly limit?: number | undefined;
}

export interface Selected {
  /** Rows of the trace by time. */
  readonly rows: Uint32Array;
  /** When each arrives, whole microseconds. */
  readonly arrival: Float64Array;
  /** Reason -> rows that are not kept for it; only reasons that occurred, in the order in which they are tried. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Why there is no arrival for the given rate; undefined: there is. */
  readonly fault?: string;
}

const NANOS_PER_MICRO = 1000;

export function selectRows(trace: TraceColumns, selection: Selection): Selected {
  const { window, sample = 1, limit = Infinity } = selection;
  const origin = trace.time.reduce((earliest, time) => Math.min(earliest, time), Infinity);
  const from = origin + (window?.from ?? 0) * NANOS_PER_MICRO;
  const to = origin + (window?.to ?? Infinity) * NANOS_PER_MICRO;
  const dropped = { 'no output tokens': 0, 'outside window': 0, 'not in sample': 0, 'over limit': 0 };
  const passed = new Uint32Array(trace.count);
  let count = 0;
  for (let row = 0; row < trace.count; row++) {
    const time = trace.time[row]!;
    if (trace.outputTokens[row]! === 0) dropped['no output tokens']++;
    else if (time < from || time >= to) dropped['outside window']++;
    else if (sampleHash(row) >= sample) dropped['not in sample']++;
    else passed[count++] = row;
  }
  const byTime = inOrderOfTime(passed.subarray(0, count), trace.time);
  const rows = byTime.subarray(0, Math.min(count, limit));
  dropped['over limit'] = count - rows.length;
  return {
    rows,
    dropped: Object.fromEntries(Object.entries(dropped).filter(([, lost]) => lost > 0)),
    ...arrivals(rows, trace.time, from, selection),
  };
}

function inOrderOfTime(rows: Uint32Array, time: Float64Array): Uint32Array {
  const order = stableOrder(Float64Array.from(rows, (row) => time[row]!));
  return order === undefined ? rows : order.map((position) => rows[position]!);
}

function arrivals(
  rows: Uint32Array, time: Float64Array, from: number, { speed = 1, rate }: Selection,
): { arrival: Float64Array; fault?: string } {
  const span = rows.length > 0 ? time[rows.at(-1)!]! - time[rows[0]!]! : 0;
  if (rate !== undefined && rows.length > 0 && span === 0) {
    return { arrival: new Float64Array(), fault: 'rows that all arrive at once have no rate to bring to another: use speed, or leave it out' };
  }
  // The mean rate of n requests is that of the n - 1 gaps between them.
  const factor = rate === undefined ? speed : (rate * span) / (1e9 * (rows.length - 1));
  const arrival = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    arrival[i] = Math.round((time[rows[i]!]! - from) / (NANOS_PER_MICRO * factor));
  }
  return rows.length > 0 && !(arrival.at(-1)! <= MAX_MICROS)
    ? { arrival, fault: 'so slow a replay is longer than virtual time can hold exactly (285 years)' }
    : { arrival };
}

/**
 * A number in [0, 1) that depends on the row's position in the file alone: not on the seed, not on what else is
 * chosen. So a smaller sample is part of a larger one. The finaliser of MurmurHash3 (Appleby, public domain).
 */
export function sampleHash(row: number): number {
  let h = row + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
