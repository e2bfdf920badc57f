/** Lines of `--requests`: one row per request and scheduler, what happened to every single one. */
import { toSeconds } from '../../core/time.ts';
import type { RequestRow } from '../../jobs/rows.ts';
import { csvField, csvRow } from './csv.ts';
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
  line: ({ scheduler, id, class: name, tenant, arrival, promptTokens, outputTokens, admitted, firstToken, finish, status, preemptions, slaMet }) =>
    `${csvField(scheduler)},${csvField(id)},${csvField(name)},${csvField(tenant)},${secondsText(arrival)},${promptTokens},${outputTokens},`
    + `${secondsText(admitted)},${secondsText(firstToken)},${secondsText(finish)},${status},${preemptions},${slaMet ?? ''}\n`,
};

/** Whole microseconds as seconds with up to six decimals, by whole numbers: many times faster than from a fraction. Empty: never. */
export function secondsText(micros: number): string {
  if (!Number.isFinite(micros)) return '';
  const seconds = Math.floor(micros / 1e6);
  const rest = micros - seconds * 1e6;
  if (rest === 0) return String(seconds);
  let digits = rest;
  let places = 6;
  while (digits % 10 === 0) {
    digits /= 10;
    places--;
  }
  return `${seconds}.${String(digits).padStart(places, '0')}`;
}

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
