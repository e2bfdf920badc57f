/**
 * A measured run: when a real server gave each request its tokens, as columns, whatever file that was
 * written to; and the contract of a format that such runs come in.
 */
import { FaultError } from '../../core/fault.ts';
import type { Micros } from '../../core/time.ts';
import { MAX_TOKENS } from '../../workload/limits.ts';

/** Rows in order of arrival, then of the file. Times are whole microseconds after the first arrival, on one clock. */
export interface MeasuredRequests {
  readonly count: number;
  /** Non-decreasing, the first is 0. */
  readonly arrival: Float64Array;
  /**
   * Where arrivals were stamped. client: before the server. engine: as the engine took the request from its input, which it
   * does when it plans a step, so that this very step could have it.
   */
  readonly stamped: 'client' | 'engine';
  /** First admission into a batch; null where the run does not tell. */
  readonly admitted: Float64Array | null;
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
  readonly promptTokens: Uint32Array;
  /** At least 1. */
  readonly outputTokens: Uint32Array;
}

/** What the run's own metadata tells of its server, in the words of the `engine:` block; absent: not told. */
export interface ServerSettings {
  readonly maxBatchSize?: number | undefined;
  readonly maxBatchTokens?: number | undefined;
  readonly chunkedPrefill?: boolean | undefined;
  readonly longPrefillThreshold?: number | undefined;
  readonly maxModelLength?: number | undefined;
  readonly asyncScheduling?: boolean | undefined;
  readonly blockSize?: number | undefined;
  /** Usable KV blocks. */
  readonly kvBlocks?: number | undefined;
  readonly admission?: 'full-length' | 'chunk' | undefined;
  readonly watermark?: number | undefined;
  /** Whether prompts may share KV blocks, which this engine does not model. */
  readonly prefixCaching?: boolean | undefined;
}

export interface MeasuredRun {
  readonly name: string;
  readonly file: string;
  readonly format: string;
  /** Such as `vLLM 0.19.0`, a model and a GPU; null where the run does not tell. */
  readonly server: string | null;
  readonly model: string | null;
  readonly hardware: string | null;
  readonly requests: MeasuredRequests;
  readonly settings: ServerSettings;
  /** What of the run was left out, or what its numbers hide: sentences for the reader of a fit. */
  readonly caveats: readonly string[];
}

/** To be said of every run that may have had prefix caching on (vLLM's default) and does not record what it hit. */
export const PREFIX_CACHE_CAVEAT =
  'prefix cache hits are not recorded: prompt tokens found there count as computed, so perPrefillToken is a mean over both';

/** A file of a run, read whole. */
export interface RunFile {
  /** As the user gave it. */
  readonly path: string;
  /** Of the run: its folder, or the file without folder and extension. */
  readonly name: string;
  readonly text: string;
  /** The text of a file in the same folder, or null when there is none. */
  beside(name: string): string | null;
}

export interface RunFormat {
  readonly name: string;
  readonly summary: string;
  /** Whether a file with this text is meant to be in this format. */
  recognises(text: string): boolean;
  /** @throws FaultError when the file is broken, or does not hold what a fit needs */
  read(file: RunFile): MeasuredRun;
}

/** A run that cannot be read, or that no fit can be made from. @param words a predicate of its file, or a sentence */
export function unusableRun(words: string, help?: string): FaultError {
  return new FaultError([{ code: 'measured-run', message: words, help }]);
}

/** One request as a format reads it; seconds on any clock, the same one for all. */
export interface MeasuredRow {
  readonly arrival: number;
  readonly admitted: number | null;
  readonly firstToken: number;
  readonly finish: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
}

/** Whether it may be the tokens of a request, as a scenario may have them. */
export function isTokens(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= MAX_TOKENS;
}

/** Longer runs than this many seconds are not: some time in them is of another clock. */
const LONGEST_RUN = 1e7;

/** @throws FaultError when some time is no time, or lies months from the others */
function requireOneClock(rows: readonly MeasuredRow[]): void {
  let first = Infinity;
  let last = -Infinity;
  for (const { arrival, admitted, firstToken, finish } of rows) {
    if (![arrival, admitted ?? arrival, firstToken, finish].every(Number.isFinite)) throw unusableRun('has times that are not finite numbers');
    first = Math.min(first, arrival);
    last = Math.max(last, finish);
  }
  if (last - first > LONGEST_RUN) {
    throw unusableRun(`spans more than ${Math.floor(LONGEST_RUN / 86_400)} days from the first arrival to the last token: some of its times are not of one clock`);
  }
}

/** Rows in order of arrival as columns; times are rounded once, to the microsecond. @throws FaultError where they are not of one clock */
export function columnsOf(rows: readonly MeasuredRow[], stamped: MeasuredRequests['stamped']): MeasuredRequests {
  requireOneClock(rows);
  const sorted = rows.map((row, i) => ({ row, i })).sort((a, b) => (a.row.arrival === b.row.arrival ? a.i - b.i : a.row.arrival - b.row.arrival)).map(({ row }) => row);
  const start = sorted[0]?.arrival ?? 0;
  const micros = (seconds: number): Micros => Math.round((seconds - start) * 1e6);
  return {
    count: sorted.length,
    stamped,
    arrival: Float64Array.from(sorted, (row) => micros(row.arrival)),
    admitted: sorted.every((row) => row.admitted !== null) ? Float64Array.from(sorted, (row) => micros(row.admitted!)) : null,
    firstToken: Float64Array.from(sorted, (row) => micros(row.firstToken)),
    finish: Float64Array.from(sorted, (row) => micros(row.finish)),
    promptTokens: Uint32Array.from(sorted, (row) => row.promptTokens),
    outputTokens: Uint32Array.from(sorted, (row) => row.outputTokens),
  };
}
