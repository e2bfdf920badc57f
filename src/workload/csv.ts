/** CSV files as rows of text, with the line that each begins at, and what is wrong in one. */
import type { Fault } from '../core/fault.ts';
import type { Position } from '../core/place.ts';
import { CsvRows, type OnRow } from './csv-rows.ts';
import { dataFault } from './fault.ts';
import { textOf } from './text.ts';

/**
 * Hands every row to `onRow`, the header too, blank lines left out.
 *
 * Gzip, quotes, line ends of either kind and a byte order mark are dealt with; rows may differ in length.
 *
 * @throws FaultError where the bytes are no text, a quote is not closed or a row is too long; whatever the bytes reject with
 */
export async function readCsv(bytes: AsyncIterable<Uint8Array>, onRow: OnRow): Promise<void> {
  const rows = new CsvRows(onRow);
  for await (const piece of textOf(bytes)) rows.push(piece);
  rows.end();
}

/** A fault at one cell, which is shown, the rest of the row is not; or at the end of the row where `index` is beyond it. */
export function cellFault(cells: readonly string[], line: number, index: number, message: string): Fault<Position> {
  const before = cells.slice(0, index).reduce((length, cell) => length + cell.length + 1, 0);
  const cell = cells[index];
  return cell === undefined
    ? dataFault(message, { line, column: Math.max(1, before) })
    : dataFault(message, { line, column: before + 1, sourceLine: cell, sourceColumn: before + 1 });
}

/** Where each of the columns is in a header, whatever the case; -1 where it is not. */
export function columnsOf(header: readonly string[], names: readonly string[]): number[] {
  const present = header.map((name) => name.trim().toLowerCase());
  return names.map((name) => present.indexOf(name.toLowerCase()));
}
