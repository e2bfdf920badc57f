/**
 * Which rows of a trace are replayed, and when: window, sample, limit, gaps, jitter, speed.
 *
 * Rows are taken by time, those of equal time in the order of the file. The time of a trace starts with its
 * earliest row. Every row is either kept or counted under the reason why it is not.
 */
import { MAX_MICROS } from '../../core/time.ts';
import type { Micros } from '../../core/time.ts';
import { stableOrder } from '../order.ts';
import { sampleHash } from './hash.ts';

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
  /** Longer times without an arrival are cut to this, in the trace's own time. */
  readonly skipGaps?: Micros | undefined;
}

/** What is chosen from. */
export interface Timed {
  readonly count: number;
  /** Nanoseconds. */
  readonly time: Float64Array;
  /** Whether 0 is the start, and not the earliest row. */
  readonly keepsTime?: boolean;
}

export interface Selected {
  /** Rows of the trace by time. */
  readonly rows: Uint32Array;
  /** When each arrives, whole microseconds. */
  readonly arrival: Float64Array;
  /** Reason -> rows that are not kept for it; only reasons that occurred, in the order in which they are tried. */
  readonly dropped: Readonly<Record<string, number>>;
  /** How many gaps were cut, and by how much in all, in the trace's own time. */
  readonly cut: { readonly gaps: number; readonly time: Micros };
  /** Why there is no arrival for the given rate; undefined: there is. */
  readonly fault?: string;
}

const NANOS_PER_MICRO = 1000;

/** @param unfit why a row is none to replay, whatever its time; undefined: it is */
export function selectRows(trace: Timed, selection: Selection, unfit: (row: number) => string | undefined): Selected {
  const { window, sample = 1, limit = Infinity } = selection;
  const origin = trace.keepsTime === true ? 0 : trace.time.reduce((earliest, time) => Math.min(earliest, time), Infinity);
  const from = origin + (window?.from ?? 0) * NANOS_PER_MICRO;
  const to = origin + (window?.to ?? Infinity) * NANOS_PER_MICRO;
  const unfitRows = new Map<string, number>();
  const dropped = { 'outside window': 0, 'not in sample': 0, 'over limit': 0 };
  const passed = new Uint32Array(trace.count);
  let count = 0;
  for (let row = 0; row < trace.count; row++) {
    const time = trace.time[row]!;
    const reason = unfit(row);
    if (reason !== undefined) unfitRows.set(reason, (unfitRows.get(reason) ?? 0) + 1);
    else if (time < from || time >= to) dropped['outside window']++;
    else if (sampleHash(row) >= sample) dropped['not in sample']++;
    else passed[count++] = row;
  }
  const byTime = inOrderOfTime(passed.subarray(0, count), trace.time);
  const rows = byTime.subarray(0, Math.min(count, limit));
  dropped['over limit'] = count - rows.length;
  const { times, cut } = withoutGaps(rows, trace.time, from, selection.skipGaps);
  return {
    rows, cut,
    dropped: Object.fromEntries([...unfitRows, ...Object.entries(dropped)].filter(([, lost]) => lost > 0)),
    ...arrivals(times, selection),
  };
}

function inOrderOfTime(rows: Uint32Array, time: Float64Array): Uint32Array {
  const order = stableOrder(Float64Array.from(rows, (row) => time[row]!));
  return order === undefined ? rows : order.map((position) => rows[position]!);
}

/** Nanoseconds since `from`, gaps that are too long cut; so is the time before the first. */
function withoutGaps(rows: Uint32Array, time: Float64Array, from: number, longest = Infinity): { times: Float64Array; cut: Selected['cut'] } {
  const most = longest * NANOS_PER_MICRO;
  const times = new Float64Array(rows.length);
  let skipped = 0;
  let gaps = 0;
  let before = from;
  for (let i = 0; i < rows.length; i++) {
    const now = time[rows[i]!]!;
    if (now - before > most) {
      skipped += now - before - most;
      gaps++;
    }
    times[i] = now - from - skipped;
    before = now;
  }
  return { times, cut: { gaps, time: Math.round(skipped / NANOS_PER_MICRO) } };
}

function arrivals(times: Float64Array, { speed = 1, rate }: Selection): { arrival: Float64Array; fault?: string } {
  const count = times.length;
  const span = count > 0 ? times[count - 1]! - times[0]! : 0;
  if (rate !== undefined && count > 0 && span === 0) {
    return { arrival: new Float64Array(), fault: 'rows that all arrive at once have no rate to bring to another: use speed, or leave it out' };
  }
  // The mean rate of n requests is that of the n - 1 gaps between them.
  const factor = rate === undefined ? speed : (rate * span) / (1e9 * (count - 1));
  const arrival = new Float64Array(count);
  for (let i = 0; i < count; i++) arrival[i] = Math.round(times[i]! / (NANOS_PER_MICRO * factor));
  return count > 0 && !(arrival[count - 1]! <= MAX_MICROS)
    ? { arrival, fault: 'so slow a replay is longer than virtual time can hold exactly (285 years)' }
    : { arrival };
}
