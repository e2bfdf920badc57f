/** Hand-made runs with figures that a reader can check by eye, and names to go with them. */
import type { Distribution } from '../../src/metrics/distribution.ts';
import type { GroupSummary, RunSummary } from '../../src/metrics/summary.ts';
import type { Circumstances } from '../../src/gate/baseline.ts';
import { NameTree, type GateNames } from '../../src/gate/names.ts';
import type { JudgedRun, Subject } from '../../src/gate/subject.ts';
import { groupSummaryOf, runSummaryOf } from '../metrics/summary-of.ts';

export const S = 1e6;
export const MS = 1e3;

/** A hundred requests or more: every percentile is defined. Microseconds. */
export function times(mean: number): Distribution {
  return { mean, stddev: mean / 2, min: mean / 2, p50: mean, p90: mean * 2, p95: mean * 3, p99: mean * 4, max: mean * 5 };
}

export interface Group {
  readonly latency: Distribution;
  readonly met?: number;
  readonly withTarget?: number;
  readonly offered?: number;
}

export function group({ latency, offered = 100, met = 99, withTarget = 100 }: Group): GroupSummary {
  const attainment = withTarget === 0 ? null : met / withTarget;
  return groupSummaryOf({
    offered, completed: offered, latency, ttft: latency, queueTime: latency, slowdown: latency,
    sla: { withTarget, met, attainment, attainmentCompleted: attainment, byTarget: { latency: attainment } },
    goodput: withTarget === 0 ? null : met / 100, throughput: offered / 100, tokenThroughput: 44.4, longestWait: latency.max,
  });
}

export function summary(classes: Readonly<Record<string, Group>>, over: Parameters<typeof runSummaryOf>[0] = {}): RunSummary {
  const groups = Object.fromEntries(Object.entries(classes).map(([name, each]) => [name, group(each)]));
  return runSummaryOf({
    makespan: 100 * S, steps: 1000, all: group({ latency: times(2 * S) }), classes: groups,
    fairness: { jain: 0.9, maxServiceDifference: 12 },
    engine: { meanBatch: 3.5, utilization: 0.98, peakWaiting: 12, offeredLoad: 0.9 },
    ...over,
  });
}

export const DIGEST_A = `sha256:${'a'.repeat(64)}`;
export const DIGEST_B = `sha256:${'b'.repeat(64)}`;

export function run(scheduler: string, of: RunSummary, outcomeDigest = DIGEST_A): JudgedRun {
  return { scheduler, summary: of, outcomeDigest };
}

export function subjectOf(runs: readonly JudgedRun[], over: Partial<GateNames> = {}): Subject {
  const names: GateNames = {
    schedulers: runs.map(({ scheduler }) => scheduler),
    classes: Object.keys(runs[0]!.summary.classes), tenants: Object.keys(runs[0]!.summary.tenants),
    ...over,
  };
  return { runs, names };
}

export function treeOf(subject: Subject): NameTree {
  return new NameTree(subject.names);
}

/** fifo treats both classes alike (2 s), priority rescues high (1 s) and low pays (4 s). */
export function chat(): Subject {
  return subjectOf([
    run('fifo', summary({ high: { latency: times(2 * S), met: 90 }, low: { latency: times(2 * S), met: 100 } })),
    run('priority', summary({ high: { latency: times(S), met: 100 }, low: { latency: times(4 * S), met: 74, withTarget: 75 } })),
  ]);
}

export const CIRCUMSTANCES: Circumstances = { sched: '1.2.3', scenario: `sha256:${'5'.repeat(64)}`, workload: { requests: 200, digest: `sha256:${'6'.repeat(64)}` } };
