/** The columns of a result table: which figures of a group, in which order, written how. Terminal and Markdown share them. */
import type { GroupSummary } from '../../metrics/summary.ts';
import { duration } from '../text/durations.ts';
import { count, percent, rate, type Quantity } from '../text/quantities.ts';

export interface MetricColumn {
  /** Heading that neighbouring columns share; '' for none. */
  readonly group: string;
  readonly title: string;
  read(group: GroupSummary): Quantity | null;
  /** Whether the figure by itself is good or bad news; only what is one may be coloured. */
  judge?(group: GroupSummary): 'better' | 'worse' | null;
}

type Distributions = 'latency' | 'ttft' | 'queueTime';
type Statistic = 'mean' | 'p50' | 'p95' | 'p99' | 'max';

const orMissing = <Value>(value: Value | null, write: (value: Value) => Quantity) => (value === null ? null : write(value));

function time(group: string, metric: Distributions, statistic: Statistic): MetricColumn {
  return { group, title: statistic, read: (summary) => orMissing(summary[metric][statistic], duration) };
}

/** A reading aid, not a gate: all targets met, or one request in ten missed. */
function judgeAttainment(attainment: number | null): 'better' | 'worse' | null {
  if (attainment === null) return null;
  if (attainment === 1) return 'better';
  return attainment < 0.9 ? 'worse' : null;
}

const REQUESTS: MetricColumn = { group: '', title: 'requests', read: ({ offered }) => count(offered) };

const LATENCY = (['mean', 'p50', 'p95', 'p99', 'max'] as const).map((statistic) => time('latency', 'latency', statistic));

const SERVICE: readonly MetricColumn[] = [
  time('TTFT', 'ttft', 'mean'),
  time('TTFT', 'ttft', 'p95'),
  time('queue', 'queueTime', 'mean'),
  { group: '', title: 'SLA', read: ({ sla }) => orMissing(sla.attainment, percent), judge: ({ sla }) => judgeAttainment(sla.attainment) },
  { group: '', title: 'goodput', read: ({ goodput }) => orMissing(goodput, rate) },
];

/** Columns that stay together; where all do not fit on one line, each set gets its own. */
export const COLUMN_SETS: readonly (readonly MetricColumn[])[] = [[REQUESTS, ...LATENCY], SERVICE];
