/** The run as a whole: how long it took, how busy the engine was, how much it was asked for. */
import { MAX_MICROS, type Micros } from '../core/time.ts';
import { type Outcomes, SHED_REASONS, Status } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { EngineSummary } from './summary.ts';

/** First arrival to last finish in microseconds; 0 when nothing finished. */
export function makespanOf(table: RequestTable, outcomes: Outcomes): Micros {
  let last = -Infinity;
  for (let i = 0; i < table.count; i++) {
    if (outcomes.finish[i]! > last) last = outcomes.finish[i]!;
  }
  return last === -Infinity ? 0 : last - table.arrival[0]!;
}

/** Whether a run ends while virtual time is still exact. */
export function isWithinTime(table: RequestTable, makespan: Micros): boolean {
  return table.count === 0 || table.arrival[0]! + makespan <= MAX_MICROS;
}

export function engineSummary(table: RequestTable, outcomes: Outcomes, makespan: Micros): EngineSummary {
  return {
    meanBatch: outcomes.busyTime > 0 ? outcomes.batchTime / outcomes.busyTime : null,
    utilization: makespan > 0 ? outcomes.busyTime / makespan : null,
    peakWaiting: outcomes.peakWaiting,
    peakKvBlocks: outcomes.peakKvBlocks,
    offeredLoad: offeredLoad(table, outcomes),
  };
}

/** Shed requests by reason, in the order of `SHED_REASONS`; only reasons that occurred. */
export function countShedReasons(outcomes: Outcomes): Record<string, number> {
  if (outcomes.completed === outcomes.status.length) return {};
  const counts = SHED_REASONS.map(() => 0);
  for (let i = 0; i < outcomes.shedReason.length; i++) {
    const reason = outcomes.shedReason[i]!;
    if (reason !== 0) counts[reason]!++;
  }
  return Object.fromEntries(SHED_REASONS
    .map((name, reason) => [name, counts[reason]!] as const)
    .filter(([, count]) => count > 0));
}

/**
 * See `EngineSummary.offeredLoad`. Requests that were shed put no load on the engine. Those that arrive at the
 * very end of the arrivals fall outside the time in which the rate is measured.
 */
function offeredLoad(table: RequestTable, outcomes: Outcomes): number | null {
  if (table.count === 0 || outcomes.backlogTime <= 0 || outcomes.backlogTokens <= 0) return null;
  const first = table.arrival[0]!;
  const last = table.arrival[table.count - 1]!;
  if (first === last) return null;
  const someShed = outcomes.completed < table.count;
  let tokens = 0;
  for (let i = 0; i < table.count && table.arrival[i]! < last; i++) {
    if (!someShed || outcomes.status[i] !== Status.shed) tokens += outcomes.outputTokens[i]!;
  }
  const offered = tokens / (last - first);
  const sustained = outcomes.backlogTokens / outcomes.backlogTime;
  return offered / sustained;
}
