/** The columns of a result table: which figures of a group, in which order, written how. Terminal and Markdown share them. */
import type { MetricUnit } from '../../metrics/metric.ts';
import type { GroupSummary } from '../../metrics/summary.ts';
import { commonUnit } from '../text/durations.ts';
import type { Quantity } from '../text/quantities.ts';
import { figure } from './changes.ts';

export interface MetricColumn {
  /** Heading that neighbouring columns share; '' for none. Times under one heading are in one unit. */
  readonly group: string;
  readonly title: string;
  readonly unit: MetricUnit;
  read(group: GroupSummary): number | null;
  /** Whether the figure by itself is good or bad news; only what is one may be coloured. */
  judge?(group: GroupSummary): 'better' | 'worse' | null;
}

type Distributions = 'latency' | 'ttft' | 'queueTime';
type Statistic = 'mean' | 'p50' | 'p95' | 'p99' | 'max';

/** The figures as cells, column by column. */
export function columnCells(columns: readonly MetricColumn[], groups: readonly GroupSummary[]): (Quantity | null)[][] {
  const values = columns.map(({ read }) => groups.map(read));
  return columns.map(({ group, unit }, index) => {
    const together = unit === 'time' ? values.filter((_, other) => columns[other]!.group === group && columns[other]!.unit === 'time') : [];
    const timeUnit = commonUnit(together.flat().filter((value) => value !== null));
    return values[index]!.map((value) => (value === null ? null : figure(value, unit, { timeUnit })));
  });
}

function time(group: string, metric: Distributions, statistic: Statistic): MetricColumn {
  return { group, title: statistic, unit: 'time', read: (summary) => summary[metric][statistic] };
}

/** A reading aid, not a gate: all targets met, or one request in ten missed. */
function judgeAttainment(attainment: number | null): 'better' | 'worse' | null {
  if (attainment === null) return null;
  if (attainment === 1) return 'better';
  return attainment < 0.9 ? 'worse' : null;
}

const REQUESTS: MetricColumn = { group: '', title: 'requests', unit: 'count', read: ({ offered }) => offered };

const LATENCY = (['mean', 'p50', 'p95', 'p99', 'max'] as const).map((statistic) => time('latency', 'latency', statistic));

const SERVICE: readonly MetricColumn[] = [
  time('TTFT', 'ttft', 'mean'),
  time('TTFT', 'ttft', 'p95'),
  time('queue', 'queueTime', 'mean'),
  { group: '', title: 'SLA', unit: 'share', read: ({ sla }) => sla.attainment, judge: ({ sla }) => judgeAttainment(sla.attainment) },
  { group: '', title: 'goodput', unit: 'rate', read: ({ goodput }) => goodput },
];

/** Columns that stay together; where all do not fit on one line, each set gets its own. */
export const COLUMN_SETS: readonly (readonly MetricColumn[])[] = [[REQUESTS, ...LATENCY], SERVICE];
