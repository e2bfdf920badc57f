/** When a request has to be done, or to have begun to answer: arrival + target. */
import * as v from 'valibot';
import { type RequestTable, slaOf } from '../workload/request-table.ts';

export type Target = 'latency' | 'ttft';

export const targetOption = v.optional(
  v.pipe(v.picklist(['latency', 'ttft']), v.description('the SLA target that sets the deadline; requests without it come last')),
  'latency',
);

/** In microseconds; Infinity for a request that has no such target. */
export function deadlines(table: RequestTable, target: Target): (request: number) => number {
  const { arrival } = table;
  const ofClass = table.classes.map(({ sla }) => sla[target] ?? Infinity);
  if (table.slaOverrides.size === 0) return (request) => arrival[request]! + ofClass[table.class[request]!]!;
  return (request) => arrival[request]! + (slaOf(table, request)[target] ?? Infinity);
}
