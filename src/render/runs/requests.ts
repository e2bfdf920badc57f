/** Lines of `--requests`: one row per request and scheduler, what happened to every single one. */
import { toSeconds } from '../../core/time.ts';
import type { RequestRow } from '../../jobs/rows.ts';
import { csvRow } from './csv.ts';
import { jsonLine } from '../text/json-text.ts';

const COLUMNS = [
  'scheduler', 'id', 'class', 'tenant', 'arrival', 'promptTokens', 'outputTokens', 'admitted', 'firstToken', 'finish',
  'status', 'preemptions', 'slaMet',
] as const satisfies readonly (keyof RequestRow)[];

/** How a file of rows is written: a line before the first row, and a line per row. */
export interface RowFormat {
  readonly header: string;
  line(row: RequestRow): string;
}

/** Seconds; empty where not applicable. */
export const REQUESTS_CSV: RowFormat = {
  header: csvRow(COLUMNS),
  line: (row) => {
    const figures = inSeconds(row);
    return csvRow(COLUMNS.map((column) => {
      const value = figures[column];
      return typeof value === 'boolean' ? String(value) : value;
    }));
  },
};

/** One JSON object a line, seconds; null where not applicable. */
export const REQUESTS_JSONL: RowFormat = {
  header: '',
  line: (row) => jsonLine(inSeconds(row)),
};

function inSeconds(row: RequestRow) {
  return {
    ...row,
    arrival: toSeconds(row.arrival), admitted: toSeconds(row.admitted),
    firstToken: toSeconds(row.firstToken), finish: toSeconds(row.finish),
  };
}
