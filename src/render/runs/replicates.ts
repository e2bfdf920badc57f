/** Lines of `--replicates`: each figure of each replication by itself. */
import type { ReplicateRow } from '../../jobs/replicate-rows.ts';
import type { WriteRows } from '../format.ts';
import { jsonLine } from '../text/json-text.ts';
import { csvRow, type CsvValue } from './csv.ts';

/** @param paths what rows were set, in the order of the columns */
export function replicatesCsv(paths: readonly string[]): WriteRows<ReplicateRow> {
  return {
    header: csvRow(['replication', ...paths, 'scheduler', 'metric', 'value']),
    line: ({ replication, set, scheduler, metric, value }) => csvRow([replication, ...paths.map((path) => settingCell(set[path])), scheduler, metric, value]),
  };
}

export const REPLICATES_JSONL: WriteRows<ReplicateRow> = {
  header: '',
  line: ({ replication, set, scheduler, metric, value }) => jsonLine({ replication, ...(Object.keys(set).length > 0 && { set }), scheduler, metric, value }),
};

/** A value as it is set: text and numbers as they are, all else as JSON. */
export function settingCell(value: unknown): CsvValue {
  if (value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}
