/** Figures over replications as CSV, in long form: what R and pandas want. Times in seconds. */
import type { Estimate } from '../../core/students-t.ts';
import type { ReplicatedReport } from '../../jobs/replicated-report.ts';
import { type MetricPath, metricPath, metricPathsOf } from '../../metrics/paths.ts';
import { csvRow } from './csv.ts';
import { writtenEstimate } from './figures.ts';
import { estimateAt, replicatedRows } from './replicated-rows.ts';

/** A row per scheduler and figure. */
export function replicatedCsv(reports: readonly ReplicatedReport[]): string {
  return csvRow(['scenario', 'file', 'seed', 'scheduler', 'metric', 'mean', 'halfWidth', 'n'])
    + reports.flatMap((report) => report.runs.flatMap(({ scheduler, summary }) => metricPathsOf(report).map((path) =>
      csvRow([report.name, report.file, report.seed, scheduler, path.text, ...cellsOf(estimateAt(summary, path), path)])))).join('');
}

/** A row per figure that the table compares, and scheduler after the first. */
export function replicatedCompareCsv(reports: readonly ReplicatedReport[]): string {
  return csvRow(['scenario', 'file', 'scheduler', 'against', 'metric', 'before', 'after', 'change', 'halfWidth', 'n', 'significant'])
    + reports.flatMap((report) => replicatedRows(report).flatMap(({ path, values, changes }) => changes.map((change, index) => csvRow([
      report.name, report.file, report.runs[index + 1]!.scheduler, report.runs[0]!.scheduler, metricPath(path.group, path.metric, path.stat).text,
      cellsOf(values[0]!, path)[0], cellsOf(values[index + 1]!, path)[0],
      ...cellsOf(change, path), change && String(change.mark === 'more' || change.mark === 'less'),
    ])))).join('');
}

function cellsOf(estimate: Estimate | null, { metric }: Pick<MetricPath, 'metric'>): (number | null)[] {
  if (!estimate) return [null, null, 0];
  const { mean, halfWidth, n } = writtenEstimate(estimate, metric.unit);
  return [mean, halfWidth, n];
}
