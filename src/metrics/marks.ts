/**
 * Which request met which of its targets. Everything is inclusive (`<=`); a request that did not complete has
 * missed whatever target it can decide; one token has no TPOT, so that such a request neither meets nor misses a
 * target for it (as guidellm leaves requests out that an objective does not apply to).
 */
import type { RequestOutcomes } from '../engine/outcomes.ts';
import { Status } from '../engine/outcomes.ts';
import { type RequestTable, type SlaTargets, slaOf } from '../workload/request-table.ts';
import { timePerOutputToken } from './time-per-output-token.ts';

/**
 * The verdict on a request in one byte: bits 0-2 say which targets it has and can decide (latency, TTFT, TPOT), bits
 * 3-5 which of these it met, or, of those that are not among them, which it has and cannot decide; bits 6-7 hold its
 * status. A histogram of these bytes has every count that a summary needs.
 */
export type Mark = number;

/** How many different marks there are. */
export const MARKS = 256;

/** The bit of each target. */
export const TARGETS = { latency: 1, ttft: 2, tpot: 4 } as const;

const ANY = TARGETS.latency | TARGETS.ttft | TARGETS.tpot;
const MET_SHIFT = 3;
const STATUS_SHIFT = 6;

/** The status (a value of `Status`) in a mark. */
export function statusOf(mark: Mark): number {
  return mark >> STATUS_SHIFT;
}

/** Whether a request has a target that it can decide: this one, or any. */
export function hasTarget(mark: Mark, target: number = ANY): boolean {
  return (mark & target) !== 0;
}

/** Whether a request met a target that it can decide. */
export function hasMet(mark: Mark, target: number): boolean {
  return (mark & (mark >> MET_SHIFT) & target) !== 0;
}

/** Whether a request can decide targets, and met all of these. */
export function metAll(mark: Mark): boolean {
  return hasTarget(mark) && (mark & ~(mark >> MET_SHIFT) & ANY) === 0;
}

/** Whether a request has targets and can decide none of them. */
export function isUndecided(mark: Mark): boolean {
  return !hasTarget(mark) && ((mark >> MET_SHIFT) & ANY) !== 0;
}

/** How many requests of a histogram have a mark that passes. */
export function countMarks(histogram: Uint32Array, passes: (mark: Mark) => boolean): number {
  let count = 0;
  for (let mark = 0; mark < MARKS; mark++) {
    if (histogram[mark]! > 0 && passes(mark)) count += histogram[mark]!;
  }
  return count;
}

/** The mark of each request of a run. */
export function markOf(table: RequestTable, outcomes: RequestOutcomes): (request: number) => Mark {
  const byClass = table.classes.map(({ sla }) => limitsOf(sla));
  const own = new Map([...table.slaOverrides].map(([request, targets]) => [request, limitsOf(targets)]));
  const limitsFor = (request: number): Limits => (own.size > 0 ? own.get(request) : undefined) ?? byClass[table.class[request]!]!;
  return (request) => mark(table, outcomes, request, limitsFor(request));
}

/** Whether a request met every target that it can decide; null when there is none. */
export function slaMet(table: RequestTable, outcomes: RequestOutcomes, request: number): boolean | null {
  const found = mark(table, outcomes, request, limitsOf(slaOf(table, request)));
  return hasTarget(found) ? metAll(found) : null;
}

/** Targets with Infinity for those that do not bind. */
interface Limits {
  readonly latency: number;
  readonly ttft: number;
  readonly tpot: number;
  readonly present: number;
}

function limitsOf({ latency, ttft, tpot }: SlaTargets): Limits {
  const bit = (target: keyof typeof TARGETS, limit: number | undefined) => (limit === undefined ? 0 : TARGETS[target]);
  return {
    latency: latency ?? Infinity,
    ttft: ttft ?? Infinity,
    tpot: tpot ?? Infinity,
    present: bit('latency', latency) | bit('ttft', ttft) | bit('tpot', tpot),
  };
}

function mark(table: RequestTable, outcomes: RequestOutcomes, request: number, limits: Limits): Mark {
  const status = outcomes.completed === table.count ? Status.completed : outcomes.status[request]!;
  const undecided = outcomes.outputTokens[request]! > 1 ? 0 : limits.present & TARGETS.tpot;
  const decided = limits.present & ~undecided;
  const bits = decided | (undecided << MET_SHIFT) | (status << STATUS_SHIFT);
  if (status !== Status.completed || decided === 0) return bits;
  const arrival = table.arrival[request]!;
  const finish = outcomes.finish[request]!;
  const firstToken = outcomes.firstToken[request]!;
  let met = 0;
  if (finish - arrival <= limits.latency) met |= TARGETS.latency;
  if (firstToken - arrival <= limits.ttft) met |= TARGETS.ttft;
  if (timePerOutputToken(firstToken, finish, outcomes.outputTokens[request]!) <= limits.tpot) met |= TARGETS.tpot;
  return bits | ((met & decided) << MET_SHIFT);
}
