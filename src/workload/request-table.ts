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
}

/** Where ids and labels come from, one per source of the scenario. */
export interface RequestSource {
  /** Prefix of generated ids: `name-ordinal`. */
  readonly name: string;
  /** Explicit ids by ordinal, where requests are listed. */
  readonly ids?: readonly (string | undefined)[];
  /** Prompt labels by ordinal, where given. Shown, never interpreted. */
  readonly prompts?: readonly (string | undefined)[];
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
