/**
 * Which request met which of its targets. Everything is inclusive (`<=`); a request that did not complete has
 * missed whatever target it has; a one-token output has no TPOT, and one that completed meets any TPOT target.
 */
import type { Outcomes } from '../engine/outcomes.ts';
import { Status } from '../engine/outcomes.ts';
import { type RequestTable, type SlaTargets, slaOf } from '../workload/request-table.ts';
import { timePerOutputToken } from './samples.ts';
import type { SlaSummary } from './summary.ts';

/**
 * The verdict on a request in one byte: bits 0-2 say which targets it has (latency, TTFT, TPOT), bits 3-5
 * which it met, bits 6-7 hold its status. A histogram of these bytes has every count that a summary needs.
 */
export type Mark = number;

/** How many different marks there are. */
export const MARKS = 256;

const LATENCY = 1;
const TTFT = 2;
const TPOT = 4;
const TARGETS = LATENCY | TTFT | TPOT;
const MET_SHIFT = 3;
const STATUS_SHIFT = 6;

/** The status (a value of `Status`) in a mark. */
export function statusOf(mark: Mark): number {
  return mark >> STATUS_SHIFT;
}

/** The mark of each request of a run. */
export function markOf(table: RequestTable, outcomes: Outcomes): (request: number) => Mark {
  const byClass = table.classes.map(({ sla }) => limitsOf(sla));
  const own = new Map([...table.slaOverrides].map(([request, targets]) => [request, limitsOf(targets)]));
  const limitsFor = (request: number): Limits => (own.size > 0 ? own.get(request) : undefined) ?? byClass[table.class[request]!]!;
  return (request) => mark(table, outcomes, request, limitsFor(request));
}

/** Whether a request met every target it has; null when it has none. */
export function slaMet(table: RequestTable, outcomes: Outcomes, request: number): boolean | null {
  const bits = mark(table, outcomes, request, limitsOf(slaOf(table, request)));
  return hasTarget(bits) ? metAll(bits) : null;
}

/** The SLA figures of a group from the histogram of its marks. */
export function slaSummary(histogram: Uint32Array): SlaSummary {
  const withTarget = countMarks(histogram, hasTarget);
  const completed = countMarks(histogram, (bits) => hasTarget(bits) && statusOf(bits) === Status.completed);
  const met = countMarks(histogram, (bits) => hasTarget(bits) && metAll(bits));
  const share = (target: number) => ratio(
    countMarks(histogram, (bits) => (bits & (target << MET_SHIFT)) !== 0),
    countMarks(histogram, (bits) => (bits & target) !== 0),
  );
  return {
    withTarget,
    met,
    attainment: ratio(met, withTarget),
    attainmentCompleted: ratio(met, completed),
    byTarget: { latency: share(LATENCY), ttft: share(TTFT), tpot: share(TPOT) },
  };
}

/** How many requests of a histogram have a mark that passes. */
export function countMarks(histogram: Uint32Array, passes: (mark: Mark) => boolean): number {
  let count = 0;
  for (let bits = 0; bits < MARKS; bits++) {
    if (histogram[bits]! > 0 && passes(bits)) count += histogram[bits]!;
  }
  return count;
}

/** Targets with Infinity for those that do not bind. */
interface Limits {
  readonly latency: number;
  readonly ttft: number;
  readonly tpot: number;
  readonly present: number;
}

function limitsOf({ latency, ttft, tpot }: SlaTargets): Limits {
  return {
    latency: latency ?? Infinity,
    ttft: ttft ?? Infinity,
    tpot: tpot ?? Infinity,
    present: (latency === undefined ? 0 : LATENCY) | (ttft === undefined ? 0 : TTFT) | (tpot === undefined ? 0 : TPOT),
  };
}

function mark(table: RequestTable, outcomes: Outcomes, request: number, limits: Limits): Mark {
  const status = outcomes.completed === table.count ? Status.completed : outcomes.status[request]!;
  const bits = limits.present | (status << STATUS_SHIFT);
  if (status !== Status.completed || limits.present === 0) return bits;
  const arrival = table.arrival[request]!;
  const finish = outcomes.finish[request]!;
  const firstToken = outcomes.firstToken[request]!;
  let met = 0;
  if (finish - arrival <= limits.latency) met |= LATENCY;
  if (firstToken - arrival <= limits.ttft) met |= TTFT;
  // Not `tpot <= target`: the TPOT of one token is NaN and counts as met.
  if (!(timePerOutputToken(firstToken, finish, outcomes.outputTokens[request]!) > limits.tpot)) met |= TPOT;
  return bits | ((met & limits.present) << MET_SHIFT);
}

function hasTarget(bits: Mark): boolean {
  return (bits & TARGETS) !== 0;
}

function metAll(bits: Mark): boolean {
  return (bits & TARGETS) === ((bits >> MET_SHIFT) & TARGETS);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
