/**
 * Dividing the requests by class or by tenant. The order is worked out once; the samples of a metric are then
 * gathered in that order, so that every group, and all groups together, are a contiguous run of one array.
 */
import type { RequestTable } from '../workload/request-table.ts';

export interface Grouping {
  readonly names: readonly string[];
  /** The requests of each group, ascending: stretches of one array. */
  readonly members: readonly Int32Array[];
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
  const starts = new Int32Array(names.length + 1);
  for (let i = 0; i < count; i++) starts[of[i]! + 1]!++;
  for (let g = 0; g < names.length; g++) starts[g + 1]! += starts[g]!;
  const order = new Int32Array(count);
  const next = starts.slice();
  for (let i = 0; i < count; i++) order[next[of[i]!]!++] = i;
  return { names, members: names.map((_, g) => order.subarray(starts[g], starts[g + 1])) };
}
