/** How long a run took. */
import { MAX_MICROS, type Micros } from '../core/time.ts';
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';

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
