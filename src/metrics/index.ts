/**
 * The one list of metrics, in the order in which results and tables have them: what a summary holds, what
 * `sched list` prints, and what an expectation, a baseline or a comparison can name. A new metric is a
 * definition and a line here.
 */
import { cost, costPerMillionGoodTokens, costPerMillionTokens } from './definitions/cost.ts';
import { meanBatch, peakKvBlocks, peakWaiting, utilization } from './definitions/engine.ts';
import { itl } from './definitions/itl.ts';
import { jain, jainTenants } from './definitions/jain.ts';
import { makespan, steps } from './definitions/length.ts';
import { longestWait } from './definitions/longest-wait.ts';
import { offeredLoad } from './definitions/offered-load.ts';
import { preemptions, recomputedTokens } from './definitions/preemption.ts';
import { waitingAtEnd, waitingHalfway } from './definitions/queue-growth.ts';
import { completed, offered, shed, unfinished } from './definitions/requests.ts';
import { contendedShare, fairShare, maxServiceDifference } from './definitions/service.ts';
import { overlappingTurns, turns } from './definitions/sessions.ts';
import { shedReasons } from './definitions/shed-reasons.ts';
import { attainment, attainmentCompleted, byTarget, met, undecided, withTarget } from './definitions/sla.ts';
import { slowdown } from './definitions/slowdown.ts';
import { goodput, throughput, tokenThroughput } from './definitions/throughput.ts';
import { tpot } from './definitions/tpot.ts';
import { latency, queueTime, ttft } from './definitions/waits.ts';
import type { Metric } from './metric.ts';

/** Those of every group of requests, then those of the run. */
export const METRICS = [
  offered, completed, shed, unfinished,
  latency, ttft, tpot, itl, queueTime, slowdown,
  withTarget, met, attainment, attainmentCompleted, byTarget, undecided,
  goodput, throughput, tokenThroughput,
  preemptions, recomputedTokens,
  longestWait,

  makespan, steps,
  cost, costPerMillionTokens, costPerMillionGoodTokens,
  jain, jainTenants, contendedShare, fairShare, maxServiceDifference,
  meanBatch, utilization, peakWaiting, peakKvBlocks, offeredLoad, waitingHalfway, waitingAtEnd,
  turns, overlappingTurns,
  shedReasons,
] as const satisfies readonly Metric[];

/** The definition of a metric by its name. */
export function findMetric(name: string): Metric | undefined {
  return METRICS.find((metric) => metric.name === name);
}
