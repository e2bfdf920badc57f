/**
 * Dividing the requests by class or by tenant. The samples of a metric are gathered group by group into one
 * array, so that every group, and all groups together, are a contiguous run of it.
 */
import type { RequestTable } from '../workload/request-table.ts';

export interface Grouping {
  readonly names: readonly string[];
  /** Group by request. */
  readonly of: Uint16Array;
  /** Requests by group. */
  readonly sizes: Uint32Array;
}

/** The requests by class, in the order of the scenario. */
export function byClass(table: RequestTable): Grouping {
  return group(table.classes.map(({ name }) => name), table.class, table.count);
}

/** The requests by tenant, in order of first mention; null when the scenario names none. */
export function byTenant(table: RequestTable): Grouping | null {
  return table.tenants.length === 0 ? null : group(table.tenants, table.tenant, table.count);
}

function group(names: readonly string[], of: Uint16Array, count: number): Grouping {
  const sizes = new Uint32Array(names.length);
  for (let i = 0; i < count; i++) sizes[of[i]!]!++;
  return { names, of, sizes };
}
