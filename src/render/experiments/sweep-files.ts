/** Sweeps as JSON, which is the result itself, and as CSV in long form: a row per cell, scheduler and figure. */
import type { SweepResult } from '../../experiments/sweep-result.ts';
import { csvRow } from '../runs/csv.ts';
import { settingCell } from '../runs/replicates.ts';
import { jsonText, SCHEMA_VERSION } from '../text/json-text.ts';

export function sweepJson(sweeps: readonly SweepResult[]): string {
  const [only] = sweeps;
  return jsonText(only && sweeps.length === 1 ? only : { schemaVersion: SCHEMA_VERSION, results: sweeps });
}

export function sweepCsv(sweeps: readonly SweepResult[]): string {
  return sweeps.map(({ paths, cells }) => csvRow([...paths, 'scheduler', 'metric', 'mean', 'halfWidth', 'n'])
    + cells.flatMap(({ set, scheduler, metrics }) => Object.entries(metrics).map(([metric, { mean, halfWidth, n }]) =>
      csvRow([...paths.map((path) => settingCell(set[path])), scheduler, metric, mean, halfWidth, n]))).join('')).join('\n');
}
