/**
 * CSV as a stream of rows of text, with the line that each begins at.
 *
 * The parser is loaded when the first file is read, so that a run without one does not pay for it. It is the
 * package's Web Streams entry: a third of the time of the Node one, and a bundler for browsers can replace it.
 */
import type { Fault } from '../core/fault.ts';
import { FaultError } from '../core/fault.ts';
import type { Position } from '../core/place.ts';
import { dataFault } from './fault.ts';

/** Bytes that the parser is given at a time: the queue of rows behind it gets slow as it gets long. */
const PIECE = 1 << 14;

/** Longer rows are taken for a binary file. */
const MAX_ROW_BYTES = 1 << 20;

/**
 * Hands every row to `onRow`, the header too, blank lines left out.
 *
 * Quotes, line ends of either kind and a byte order mark are dealt with; rows may differ in length.
 *
 * @throws FaultError where a quote is not closed or a row is too long; whatever the bytes reject with
 */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  onRow: (cells: readonly string[], line: number) => void,
): Promise<void> {
  const { parse } = await import('csv-parse/stream');
  const { readable, writable } = parse({
    bom: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: MAX_ROW_BYTES,
  });
  const written = pump(bytes, writable as WritableStream<Uint8Array>);
  const rows = (readable as ReadableStream<string[]>).getReader();
  let line = 1;
  try {
    for (;;) {
      const { done, value: cells } = await rows.read();
      if (done) break;
      if (cells.length > 1 || cells[0]!.trim() !== '') onRow(cells, line);
      line += 1 + newlinesIn(cells);
    }
  } catch (error) {
    await rows.cancel().catch(() => {});
    await written.catch(() => {});
    throw isCsvError(error) ? new FaultError([dataFault(csvMessage(error.code), { line: error.lines ?? line })]) : error;
  }
  await written;
}

/** A fault at one cell, or at the end of the row where `index` is beyond it. */
export function cellFault(cells: readonly string[], line: number, index: number, message: string): Fault<Position> {
  const before = cells.slice(0, index).reduce((length, cell) => length + cell.length + 1, 0);
  const sourceLine = cells.join(',');
  return dataFault(message, { line, column: Math.min(before, sourceLine.length) + 1, sourceLine });
}

/** Where each of the columns is in a header, whatever the case; -1 where it is not. */
export function columnsOf(header: readonly string[], names: readonly string[]): number[] {
  const present = header.map((name) => name.trim().toLowerCase());
  return names.map((name) => present.indexOf(name.toLowerCase()));
}

/** Feeds the parser; what the bytes reject with reaches the reader of the rows. */
async function pump(bytes: AsyncIterable<Uint8Array>, writable: WritableStream<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += PIECE) await writer.write(chunk.subarray(from, from + PIECE));
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
  }
}

function newlinesIn(cells: readonly string[]): number {
  let newlines = 0;
  for (const cell of cells) if (cell.includes('\n')) newlines += cell.split('\n').length - 1;
  return newlines;
}

interface CsvError {
  readonly code: string;
  readonly lines?: number;
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && /^(CSV_|INVALID_OPENING_QUOTE)/.test(String(error.code));
}

function csvMessage(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'a row of more than 1 MiB: this does not look like CSV';
  return 'a quote in the middle of a field';
}
