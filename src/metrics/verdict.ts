/**
 * What a comparison of two runs says, as data: who gains, who pays, whether the SLA holds, whether the order
 * made any difference at all, and whether any order could have. The sentences are the renderer's.
 */
import { changeAt, isChange, type MetricChange } from './compare.ts';
import { findMetric } from './index.ts';
import { type MetricGroup, metricPath, readMetric } from './paths.ts';
import { type ClassPromise, slaHolds } from './promises.ts';
import type { RunSummary } from './summary.ts';

/** How many times as long as midway the queue is at the end of the arrivals where it grew all the while. */
const QUEUE_GROWS = 1.5;
/** A handful of requests has no rate to speak of: as few as leave p95 undefined. */
const FEWEST_WITH_A_RATE = 20;

/** mixed: one of mean latency and attainment is better, the other worse. */
export type Fortune = 'gains' | 'pays' | 'mixed' | 'unchanged';

/** How a group fares in the second run against the first. */
export interface Shift {
  readonly meanLatency: MetricChange;
  readonly attainment: MetricChange;
  /** By mean latency and attainment, where they changed (`isChange`). */
  readonly fortune: Fortune;
  /** Where most of the change in mean latency lies; null where it did not change, or not all requests completed in both. */
  readonly cause: Cause | null;
}

/** A part of a request's latency: up to its admission, from there to its first token, from there to its last. */
export type Part = 'queue' | 'prefill' | 'decode';

export interface Cause {
  readonly part: Part;
  /** How much longer that part is on average, in microseconds; of the sign of the change in latency. */
  readonly change: number;
  /** Requests taken out of the batch more than before, where that is more: what they wait then is in the part. */
  readonly evictions: number;
}

/** Whether every class keeps the share that it promises; null when no request has a target that it can decide. */
export type SlaHolds = boolean | null;

export interface Overload {
  /** The smaller `engine.offeredLoad` of the two runs, above 1. Not told where a queue did not grow, or of fewer than 20 requests. */
  readonly load: number;
  /** Whether targets were missed in both runs, or there are none to miss. Where a run meets all, it is no overload. */
  readonly targets: 'missed' | 'none';
}

export interface Verdict {
  /** Every request had the same outcome in both runs; then nothing else differs either. */
  readonly sameSchedule: boolean;
  readonly all: Shift;
  /** Every class, in the order of the scenario. */
  readonly classes: readonly (Shift & { readonly class: string })[];
  readonly sla: { readonly before: SlaHolds; readonly after: SlaHolds };
  readonly overload: Overload | null;
}

/**
 * @param sameSchedule whether the runs produced the very same schedule (see `digest.ts`)
 * @param promises of the classes; one that is not named promises that all requests meet their targets
 */
export function verdictOf(before: RunSummary, after: RunSummary, sameSchedule: boolean, promises: readonly ClassPromise[] = []): Verdict {
  const sla = { before: slaHolds(before, promises), after: slaHolds(after, promises) };
  return {
    sameSchedule,
    all: shiftOf('all', before, after),
    classes: Object.keys(before.classes).map((name) => ({ class: name, ...shiftOf({ class: name }, before, after) })),
    sla,
    overload: overloadOf(before, after, sla),
  };
}

function shiftOf(group: MetricGroup, before: RunSummary, after: RunSummary): Shift {
  const change = (name: string, stat?: string) => changeAt(metricPath(group, findMetric(name)!, stat), before, after);
  const meanLatency = change('latency', 'mean');
  const attainment = change('sla.attainment');
  const effects = [meanLatency, attainment].filter(isChange).map(({ effect }) => effect);
  return {
    meanLatency, attainment, fortune: fortuneOf(effects.includes('better'), effects.includes('worse')),
    cause: isChange(meanLatency) ? causeOf(group, before, after, meanLatency.absolute) : null,
  };
}

/** Means of the same requests: they add up to that of the latency, and so do their changes. */
function causeOf(group: MetricGroup, before: RunSummary, after: RunSummary, change: number | null): Cause | null {
  const [from, to] = [partsOf(group, before), partsOf(group, after)];
  if (!from || !to || change === null) return null;
  const changes = PARTS.map((part) => ({ part, change: to[part] - from[part] }));
  const most = changes.reduce((found, each) => (Math.sign(change) * each.change > Math.sign(change) * found.change ? each : found));
  const evictions = (summary: RunSummary) => readMetric(summary, group, 'preemptions') ?? 0;
  const more = evictions(after) - evictions(before);
  return { ...most, evictions: most.part !== 'queue' && change > 0 ? Math.max(0, more) : 0 };
}

const PARTS = ['queue', 'prefill', 'decode'] as const satisfies readonly Part[];

function partsOf(group: MetricGroup, summary: RunSummary): Readonly<Record<Part, number>> | null {
  const read = (name: string, stat?: string) => readMetric(summary, group, name, stat) ?? null;
  const [queue, ttft, latency] = [read('queueTime', 'mean'), read('ttft', 'mean'), read('latency', 'mean')];
  if (queue === null || ttft === null || latency === null || read('completed') !== read('offered')) return null;
  return { queue, prefill: ttft - queue, decode: latency - ttft };
}

function fortuneOf(better: boolean, worse: boolean): Fortune {
  if (better && worse) return 'mixed';
  if (better) return 'gains';
  return worse ? 'pays' : 'unchanged';
}

/**
 * Whether requests came faster than they were admitted, for as long as they came: when the last has arrived more of
 * them wait than run on average, and half as many again as midway. A steady overload doubles the queue in that
 * time; after a burst at the beginning it shrinks, and what waits for the next step alone is no queue.
 */
export function queueGrew({ engine: { waitingHalfway, waitingAtEnd, meanBatch } }: RunSummary): boolean {
  return waitingAtEnd > (meanBatch ?? 0) && waitingAtEnd >= QUEUE_GROWS * waitingHalfway;
}

function overloadOf(before: RunSummary, after: RunSummary, sla: Verdict['sla']): Overload | null {
  const load = Math.min(before.engine.offeredLoad ?? 0, after.engine.offeredLoad ?? 0);
  if (load <= 1 || !queueGrew(before) || !queueGrew(after) || before.all.offered < FEWEST_WITH_A_RATE || sla.before === true || sla.after === true) return null;
  return { load, targets: sla.before === null ? 'none' : 'missed' };
}
