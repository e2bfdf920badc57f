/**
 * A summary as the plain figures that files carry (docs/reference.md, "Results"): SI units, null for what is not defined,
 * keys in their fixed order. JSON is these figures; CSV is the same, flattened.
 */
import { toSeconds } from '../../core/time.ts';
import type { Distribution, GroupSummary, RunSummary } from '../../metrics/summary.ts';

/** A JSON value whose keys are in the order in which they are to be written. */
export type Figures = { readonly [key: string]: Figures | string | number | null };

type Statistics = Record<keyof Distribution, number | null>;

/** Seconds with up to six decimals. */
export function seconds(micros: number | null): number | null {
  return micros === null ? null : toSeconds(micros);
}

/** Shares, rates and ratios keep nine significant digits: more than any sample supports, and the same on every machine. */
export function plain(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(9));
}

function distribution(values: Distribution, write: (value: number | null) => number | null): Statistics {
  const { mean, stddev, min, p50, p90, p95, p99, max } = values;
  return {
    mean: write(mean), stddev: write(stddev), min: write(min),
    p50: write(p50), p90: write(p90), p95: write(p95), p99: write(p99), max: write(max),
  };
}

const UNKNOWN: Distribution = { mean: null, stddev: null, min: null, p50: null, p90: null, p95: null, p99: null, max: null };

/** One group: all, a class or a tenant. */
export function groupFigures(group: GroupSummary): Figures {
  const { sla } = group;
  return {
    offered: group.offered, completed: group.completed, shed: group.shed, unfinished: group.unfinished,
    latency: distribution(group.latency, seconds),
    ttft: distribution(group.ttft, seconds),
    tpot: distribution(group.tpot, seconds),
    itl: distribution(group.itl ?? UNKNOWN, seconds),
    queueTime: distribution(group.queueTime, seconds),
    slowdown: distribution(group.slowdown, plain),
    sla: {
      withTarget: sla.withTarget, met: sla.met,
      attainment: plain(sla.attainment), attainmentCompleted: plain(sla.attainmentCompleted),
      byTarget: { latency: plain(sla.byTarget.latency), ttft: plain(sla.byTarget.ttft), tpot: plain(sla.byTarget.tpot) },
    },
    goodput: plain(group.goodput), throughput: plain(group.throughput), tokenThroughput: plain(group.tokenThroughput),
    preemptions: group.preemptions, recomputedTokens: group.recomputedTokens,
    longestWait: seconds(group.longestWait),
  };
}

/** What belongs to a run as a whole, after its groups. */
export function runFigures({ fairness, engine, shedReasons }: RunSummary): Figures {
  return {
    fairness: {
      jain: plain(fairness.jain), jainTenants: plain(fairness.jainTenants),
      contendedShare: shares(fairness.contendedShare), fairShare: shares(fairness.fairShare),
      maxServiceDifference: plain(fairness.maxServiceDifference),
    },
    engine: {
      meanBatch: plain(engine.meanBatch), utilization: plain(engine.utilization),
      peakWaiting: engine.peakWaiting, peakKvBlocks: engine.peakKvBlocks, offeredLoad: plain(engine.offeredLoad),
    },
    shedReasons,
  };
}

/** The length of the run, which comes before its groups. */
export function lengthFigures({ makespan, steps }: RunSummary): Figures {
  return { makespan: seconds(makespan), steps };
}

function shares(byName: Readonly<Record<string, number | null>>): Figures {
  return Object.fromEntries(Object.entries(byName).map(([name, share]) => [name, plain(share)]));
}
