/** What is judged: the runs of one scenario, and how their figures are read and why one may be missing. */
import { samplesNeeded } from '../core/quantiles.ts';
import { readMetric, type MetricGroup } from '../metrics/paths.ts';
import { percentileNamed } from '../metrics/percentiles.ts';
import type { GroupSummary, RunSummary } from '../metrics/summary.ts';
import { written } from '../metrics/written.ts';
import type { Run } from '../run.ts';
import type { GateNames } from './names.ts';
import type { Figure } from './resolve.ts';

/** What of a run is judged; its digest must have been asked for. */
export type JudgedRun = Pick<Run, 'scheduler' | 'summary'> & { readonly outcomeDigest: string };

/** All runs of a scenario, in its order, and the names that their figures go by. */
export interface Subject {
  readonly names: GateNames;
  readonly runs: readonly JudgedRun[];
}

/** A figure of one run as the result files write it (times in seconds); null when it is not defined. */
export function valueOf(summary: RunSummary, { group, metric, stat }: Omit<Figure, 'scheduler'>): number | null {
  return written(readMetric(summary, group, metric.name, stat) ?? null, metric.unit);
}

/** Why a figure is not defined, as the end of a sentence. */
export function whyUndefined(summary: RunSummary, figure: Omit<Figure, 'scheduler'>): string {
  const { group, metric, stat } = figure;
  const requests = groupSummary(summary, group);
  if (!requests) return metric.absent ?? 'this run does not define it';
  const whose = ofGroup(group);
  if (requests.offered === 0) return `there is no request${whose}`;
  if (metric.percentiles) {
    if (readMetric(summary, group, metric.name, stat) === undefined) return `the run did not keep ${stat}`;
    const percentile = percentileNamed(stat ?? '');
    if (percentile !== null && valueOf(summary, { ...figure, stat: 'max' }) !== null) {
      const needed = samplesNeeded(percentile);
      const there = requests.completed < needed ? `only ${requests.completed} of the requests${whose} completed` : `there are fewer${whose}`;
      return `${stat} needs at least ${needed} samples, and ${there}`;
    }
    if (requests.completed === 0) return `no request${whose} completed`;
  }
  return `no request${whose} ${metric.absent ?? 'has one'}`;
}

function groupSummary(summary: RunSummary, group: MetricGroup): GroupSummary | undefined {
  if (group === 'run') return undefined;
  if (group === 'all') return summary.all;
  return 'class' in group ? summary.classes[group.class] : summary.tenants[group.tenant];
}

function ofGroup(group: MetricGroup): string {
  if (group === 'run' || group === 'all') return '';
  return 'class' in group ? ` of class ${group.class}` : ` of tenant ${group.tenant}`;
}
