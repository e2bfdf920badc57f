/**
 * The workload as columns: one row per request, a request is its index.
 *
 * Rows are ordered by arrival, then by position in the scenario, so that "by arrival, then by index" is the
 * order of the index itself. Typed arrays keep ten million requests in a few hundred megabytes and let a
 * policy read plain numbers; a column may live on a SharedArrayBuffer.
 */
import type { Micros } from '../core/time.ts';

/** SLA targets in microseconds, inclusive; an absent one does not bind. TPOT may be fractional. */
export interface SlaTargets {
  readonly latency?: Micros;
  readonly ttft?: Micros;
  readonly tpot?: number;
}

/** A priority class. A smaller `priority` is more urgent. */
export interface RequestClass {
  readonly name: string;
  readonly priority: number;
  /** Share of service it is entitled to, relative to the other classes. */
  readonly weight: number;
  readonly sla: SlaTargets;
  /** Share of its requests that is promised to meet their targets; absent: all. */
  readonly attainment?: number | undefined;
}

/** The class of requests that no scenario tells apart. */
export const ONLY_CLASS = 'all';

/** Where ids and labels come from, one per source of the scenario. */
export interface RequestSource {
  /** Prefix of generated ids: `name-ordinal`. */
  readonly name: string;
  /** Explicit ids by ordinal, where requests are listed. */
  readonly ids?: readonly (string | undefined)[];
  /** Prompt labels by ordinal, where given. Shown, never interpreted. */
  readonly prompts?: readonly (string | undefined)[];
  /** Names of the sessions, by their number in this source; that of 0, no session, is empty. */
  readonly sessions?: readonly string[];
}

/** The ids of the blocks that prompts are made of, where a trace tells them. Equal ids of one source: equal text up to there. */
export interface PromptBlocks {
  /** Request -> where its ids begin in `ids`, and how many there are. */
  readonly start: Uint32Array;
  readonly length: Uint32Array;
  readonly ids: Uint32Array;
  /** By source: tokens in a block; 0: they differ, or are not known. */
  readonly blockTokens: readonly number[];
}

export interface RequestTable {
  readonly count: number;
  /** Whole microseconds, non-decreasing. */
  readonly arrival: Float64Array;
  readonly promptTokens: Uint32Array;
  /** At least 1. */
  readonly outputTokens: Uint32Array;
  /** Index into `classes`. */
  readonly class: Uint16Array;
  /** Index into `tenants`; all 0 where the scenario names no tenant. */
  readonly tenant: Uint16Array;
  /** Index into `sources`, and the position within that source. */
  readonly source: Uint16Array;
  readonly ordinal: Uint32Array;
  readonly classes: readonly RequestClass[];
  /** Tenant names in order of first mention; empty when the scenario has none. */
  readonly tenants: readonly string[];
  readonly sources: readonly RequestSource[];
  /** Requests whose SLA differs from their class's: index -> the full targets that hold for it. */
  readonly slaOverrides: ReadonlyMap<number, SlaTargets>;
  /** Number of its session within its source, 0: none. Absent where no source has sessions. */
  readonly session?: Uint32Array;
  /** Absent where no source tells of them. */
  readonly blocks?: PromptBlocks;
}

/** The id shown to people: the one given, else `source-ordinal`, counting from 1. */
export function requestId(table: RequestTable, request: number): string {
  const source = table.sources[table.source[request]!]!;
  const ordinal = table.ordinal[request]!;
  return source.ids?.[ordinal] ?? `${source.name}-${ordinal + 1}`;
}

/** The targets that hold for one request: its own, else its class's. */
export function slaOf(table: RequestTable, request: number): SlaTargets {
  return table.slaOverrides.get(request) ?? table.classes[table.class[request]!]!.sla;
}
