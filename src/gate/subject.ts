/** What is judged: the runs of one scenario, and how their figures are read and why one may be missing. */
import { readMetric, type MetricGroup } from '../metrics/registry.ts';
import type { GroupSummary, RunSummary } from '../metrics/summary.ts';
import { written } from './amounts.ts';
import type { GateNames } from './names.ts';
import type { Figure } from './resolve.ts';

/** One scheduler's run. */
export interface JudgedRun {
  readonly scheduler: string;
  readonly summary: RunSummary;
  /** `sha256:…` over the outcome of every request. */
  readonly outcomeDigest: string;
}

/** All runs of a scenario, in its order, and the names that their figures go by. */
export interface Subject {
  readonly names: GateNames;
  readonly runs: readonly JudgedRun[];
}

/** A figure of one run as the result files write it (times in seconds); null when it is not defined. */
export function valueOf(summary: RunSummary, { group, metric, stat }: Omit<Figure, 'scheduler'>): number | null {
  // A summary lists only the shed reasons that occurred.
  const absent = metric.keyedBy === 'shed reason' ? 0 : null;
  const value = readMetric(summary, group, metric.name, stat) ?? absent;
  return value === null || !Number.isFinite(value) ? null : written(value, metric.unit);
}

const PERCENTILE = /^p(\d+)$/;

/** Why a figure is not defined, as the end of a sentence. */
export function whyUndefined(summary: RunSummary, figure: Omit<Figure, 'scheduler'>): string {
  const { group, metric, stat } = figure;
  const requests = groupSummary(summary, group);
  if (!requests) return RUN_REASONS[metric.name] ?? 'this run does not define it';
  const whose = ofGroup(group);
  if (requests.offered === 0) return `there is no request${whose}`;
  if (metric.name === 'sla.byTarget') return `no request${whose} has a target for ${stat}`;
  if ((metric.name.startsWith('sla.') || metric.name === 'goodput') && requests.sla.withTarget === 0) return `no request${whose} has an SLA target`;
  const percentile = PERCENTILE.exec(stat ?? '')?.[1];
  if (percentile !== undefined && valueOf(summary, { ...figure, stat: 'max' }) !== null) {
    const needed = 100 / (100 - Number(percentile));
    const there = requests.completed < needed ? `only ${requests.completed} of the requests${whose} completed` : `there are fewer${whose}`;
    return `${stat} needs at least ${needed} samples, and ${there}`;
  }
  if (requests.completed === 0) return `no request${whose} completed`;
  return `no request${whose} has one`;
}

const RUN_REASONS: Readonly<Record<string, string>> = {
  'fairness.contendedShare': 'two classes never had requests waiting at the same time',
  'fairness.fairShare': 'two classes never had requests waiting at the same time',
  'fairness.maxServiceDifference': 'two classes never had requests waiting at the same time',
  'fairness.jainTenants': 'the scenario names no tenants, or too few of their requests completed',
  'engine.peakKvBlocks': 'the engine has no limited KV cache',
  'engine.offeredLoad': 'nothing ever waited',
};

function groupSummary(summary: RunSummary, group: MetricGroup): GroupSummary | undefined {
  if (group === 'run') return undefined;
  if (group === 'all') return summary.all;
  return 'class' in group ? summary.classes[group.class] : summary.tenants[group.tenant];
}

function ofGroup(group: MetricGroup): string {
  if (group === 'run' || group === 'all') return '';
  return 'class' in group ? ` of class ${group.class}` : ` of tenant ${group.tenant}`;
}
