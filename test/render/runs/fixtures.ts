/** Hand-made results: whole numbers that a reader can check by eye, and names that try to break out. */
import type { Report } from '../../../src/jobs/report.ts';
import type { Distribution } from '../../../src/metrics/distribution.ts';
import type { GroupSummary, RunSummary } from '../../../src/metrics/summary.ts';
import type { Run } from '../../../src/run.ts';
import { groupSummaryOf, runSummaryOf } from '../../metrics/summary-of.ts';

const MS = 1e3;
const S = 1e6;

/** A distribution around a mean; with fewer than `samples` the tail is not defined. */
export function spread(mean: number, samples = 1000): Distribution {
  return {
    mean, stddev: mean / 2, min: mean / 4, p50: mean * 0.9, p90: mean * 1.8,
    p95: samples < 20 ? null : mean * 2, p99: samples < 100 ? null : mean * 3, max: mean * 3.5,
  };
}

export interface GroupFigures {
  readonly offered: number;
  /** Microseconds. */
  readonly latency: number;
  /** Null: no request has a target. */
  readonly attainment: number | null;
  readonly shed?: number;
}

export function groupOf({ offered, latency, attainment, shed = 0 }: GroupFigures): GroupSummary {
  const withTarget = attainment === null ? 0 : offered;
  return groupSummaryOf({
    offered, completed: offered - shed, shed,
    latency: spread(latency, offered), ttft: spread(latency / 4, offered), tpot: spread(40 * MS, offered),
    itl: spread(40 * MS), queueTime: spread(latency / 8, offered), slowdown: spread(2.5, offered),
    sla: {
      withTarget, met: Math.round((attainment ?? 0) * withTarget), attainment, attainmentCompleted: attainment,
      byTarget: { latency: attainment },
    },
    goodput: attainment === null ? null : attainment * 3.5, throughput: 3.5, tokenThroughput: 44.4,
    longestWait: latency,
  });
}

export function summaryOf(classes: Readonly<Record<string, GroupFigures>>, all: GroupFigures, over: Parameters<typeof runSummaryOf>[0] = {}): RunSummary {
  return runSummaryOf({
    makespan: 505 * S, steps: 10_102, all: groupOf(all),
    classes: Object.fromEntries(Object.entries(classes).map(([name, figures]) => [name, groupOf(figures)])),
    fairness: { jain: 0.987, maxServiceDifference: 12 },
    engine: { meanBatch: 7.8, utilization: 0.982, peakWaiting: 212, offeredLoad: 0.9 },
    ...over,
  });
}

export function runOf(scheduler: string, summary: RunSummary, over: Partial<Run> = {}): Run {
  return { scheduler, policy: scheduler, settings: [], summary, outcomeDigest: null, ...over };
}

export const ENGINE: Report['engine'] = {
  maxBatchSize: 8, batching: 'continuous', chunkedPrefill: true, longPrefillThreshold: 0, overlong: 'shed', asyncScheduling: false,
  stepTime: { model: 'log-efficiency', tokenTime: 50 * MS, slope: 0.1, floor: 0.5 },
};

export function reportOf(runs: readonly Run[], over: Partial<Report> = {}): Report {
  const { classes = ['high', 'medium', 'low'] } = over;
  return {
    name: 'Chat beside batch', file: 'chat.yaml', seed: '42', requests: 2400, digest: null, engine: ENGINE, sources: [],
    classes, promises: classes.map((name) => ({ class: name, targets: { latency: 5 * S }, attainment: 1 })), tenants: [], runs, ...over,
  };
}

/** Priority rescues high, medium stays, low pays. */
export const CHAT: Report = reportOf([
  runOf('fifo', summaryOf({
    high: { offered: 480, latency: 2.35 * S, attainment: 0.412 },
    medium: { offered: 1200, latency: 2.4 * S, attainment: 0.982 },
    low: { offered: 720, latency: 2.3 * S, attainment: 1 },
  }, { offered: 2400, latency: 2.36 * S, attainment: 0.8734 })),
  runOf('priority', summaryOf({
    high: { offered: 480, latency: 431 * MS, attainment: 1 },
    medium: { offered: 1200, latency: 2.4 * S, attainment: 0.982 },
    low: { offered: 720, latency: 74.2 * S, attainment: 0.62 },
  }, { offered: 2400, latency: 23.6 * S, attainment: 0.877 }, { fairness: { jain: 0.42, maxServiceDifference: 120 } })),
]);

/** Names as an attacker would choose them. */
export const HOSTILE = '\u001b[2J\u001b[31mevil\u0007|`<b>"x",\n优先級\u202e';
