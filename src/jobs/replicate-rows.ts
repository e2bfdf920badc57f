/** Every figure of every replication, one row each: what `--replicates` writes. */
import { metricPathsOf, readMetric } from '../metrics/paths.ts';
import { written } from '../metrics/written.ts';
import type { ReplicatedReport } from './replicated-report.ts';

export interface ReplicateRow {
  /** From 1. */
  readonly replication: number;
  /** What was set for it, by path; empty where nothing was. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly scheduler: string;
  /** As in an expectation without the scheduler: `all.latency.mean`, `chat.sla.attainment`. */
  readonly metric: string;
  /** Times in seconds; null where it is not defined. */
  readonly value: number | null;
}

export function* replicateRows(report: ReplicatedReport): Generator<ReplicateRow> {
  const paths = metricPathsOf(report);
  for (let replication = 0; replication < report.replications.count; replication++) {
    for (const { scheduler, replicates } of report.runs) {
      for (const { group, metric, stat, text } of paths) {
        const value = written(readMetric(replicates[replication]!, group, metric.name, stat) ?? null, metric.unit);
        yield { replication: replication + 1, set: {}, scheduler, metric: text, value };
      }
    }
  }
}
