/**
 * How much is asked of an engine, against what it can do.
 *
 * Offered load = how long the engine takes for the same requests when all are there at the start, over the time in
 * which they arrive: from the first to the last that is served at all. So it counts whatever limits a step (slots,
 * tokens, blocks, the step time itself), does not depend on the policy that is judged (the requests go in order of
 * arrival), and doubles when they come twice as fast. Above 1 the engine cannot keep up while they come, and the
 * queue must grow. It takes a run of its own.
 */
import { type Outcomes, Status } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { RunSummary } from './summary.ts';

/** The same requests, all there at the start. All but the arrivals is shared with the table. */
export function allAtStart(table: RequestTable): RequestTable {
  return { ...table, arrival: new Float64Array(table.count) };
}

/**
 * @param drained what became of the requests of `allAtStart`, in order of arrival
 * @returns null where requests that can be served arrive at one moment only, or there are none
 */
export function offeredLoad({ arrival, count }: RequestTable, drained: Outcomes): number | null {
  let first = NaN;
  let last = NaN;
  let took = 0;
  for (let request = 0; request < count; request++) {
    if (drained.status[request] !== Status.completed) continue;
    if (first !== first) first = arrival[request]!;
    last = arrival[request]!;
    if (drained.finish[request]! > took) took = drained.finish[request]!;
  }
  return last > first ? took / (last - first) : null;
}

/** A summary with the offered load of its engine, which no run by itself can tell. */
export function withLoad(summary: RunSummary, load: number | null): RunSummary {
  return { ...summary, engine: { ...summary.engine, offeredLoad: load } };
}
