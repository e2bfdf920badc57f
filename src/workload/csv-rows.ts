/**
 * CSV (RFC 4180) from pieces of text to rows of cells, each with the line that it begins at.
 *
 * Written for long traces: a line without quotes is split as it is, and no line costs more than its length, whatever
 * is wrong with it. (csv-parse makes an error, with its stack, of every row that has another number of cells than
 * the first: half a minute for four megabytes of such rows.)
 */

import { FaultError } from '../core/fault.ts';
import { dataFault } from './fault.ts';

/** Longer rows are taken for a binary file. */
const MAX_ROW = 1 << 20;

/** Text is read in stretches of this length or more: one that ends within a row is gone through again. */
const STRETCH = 1 << 16;

const CARRIAGE_RETURN = 13;

export type OnRow = (cells: readonly string[], line: number) => void;

/** Takes the text of a file piece by piece and hands on its rows, blank lines left out; rows may differ in length. */
export class CsvRows {
  readonly #onRow: OnRow;
  readonly #separator: string;
  /** Text that is still to be read, in pieces, and how much came since the last reading. */
  #pieces: string[] = [];
  #fresh = 0;
  #line = 1;

  constructor(onRow: OnRow, separator = ',') {
    this.#onRow = onRow;
    this.#separator = separator;
  }

  /** @throws FaultError where a quote stands in the middle of a field, or a row is too long */
  push(text: string): void {
    this.#pieces.push(text);
    this.#fresh += text.length;
    if (this.#fresh < STRETCH) return;
    const rest = this.#read(this.#pieces.join(''), false);
    if (rest.length > MAX_ROW) throw this.#fault('a row of more than 1 MiB: this does not look like CSV');
    this.#pieces = [rest];
    this.#fresh = 0;
  }

  /** The last row may lack a line end. @throws FaultError, also where a quote is not closed */
  end(): void {
    this.#read(this.#pieces.join(''), true);
  }

  /** Reads whole rows. @returns what is left */
  #read(text: string, isLast: boolean): string {
    let quote = text.indexOf('"');
    // The next separator from where a row begins: kept from row to row, so that no stretch is searched twice.
    const ahead = { separator: text.indexOf(this.#separator) };
    let from = 0;
    while (from < text.length) {
      const newline = text.indexOf('\n', from);
      if (newline < 0 && !isLast) break;
      const end = newline < 0 ? text.length : newline;
      if (quote >= 0 && quote < from) quote = text.indexOf('"', from);
      if (quote >= 0 && quote < end) {
        const next = this.#quoted(text, from, isLast);
        if (next < 0) break;
        from = next;
      } else {
        const stop = end > from && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
        this.#row(stop === from ? [] : this.#plain(text, from, stop, ahead), 1);
        from = end + 1;
      }
    }
    return text.slice(from);
  }

  /** The cells of a row without quotes. */
  #plain(text: string, from: number, stop: number, ahead: { separator: number }): string[] {
    const cells: string[] = [];
    let at = from;
    if (ahead.separator >= 0 && ahead.separator < from) ahead.separator = text.indexOf(this.#separator, from);
    while (ahead.separator >= 0 && ahead.separator < stop) {
      cells.push(text.slice(at, ahead.separator));
      at = ahead.separator + this.#separator.length;
      ahead.separator = text.indexOf(this.#separator, at);
    }
    cells.push(text.slice(at, stop));
    return cells;
  }

  #fault(message: string): FaultError {
    return new FaultError([dataFault(message, { line: this.#line })]);
  }

  #row(cells: readonly string[], lines: number): void {
    if (cells.length > 1 || (cells.length === 1 && cells[0]!.trim() !== '')) this.#onRow(cells, this.#line);
    this.#line += lines;
  }

  /** Reads a row with quotes in it. @returns where the next begins; -1 where this one is not whole yet */
  #quoted(text: string, from: number, isLast: boolean): number {
    const cells: string[] = [];
    let at = from;
    let lines = 1;
    for (;;) {
      let cell: string;
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end < 0 || (end + 2 >= text.length && !isLast)) {
          if (isLast) throw this.#fault('a quote is opened and never closed');
          return -1;
        }
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        lines += cell.split('\n').length - 1;
        at = end + 1;
      } else {
        const start = at;
        while (at < text.length && text[at] !== '\n' && !text.startsWith(this.#separator, at) && text[at] !== '"') at++;
        if (at === text.length && !isLast) return -1;
        const atEnd = at === text.length || text[at] === '\n';
        cell = text.slice(start, atEnd && text[at - 1] === '\r' && at > start ? at - 1 : at);
      }
      cells.push(cell);
      if (text.startsWith(this.#separator, at)) {
        at += this.#separator.length;
        continue;
      }
      if (text.startsWith('\r\n', at)) at++;
      if (at < text.length && text[at] !== '\n') throw this.#fault('a quote in the middle of a field');
      this.#row(cells, lines);
      return at + 1;
    }
  }
}

/** Where the quote that ends a field is, two in a row standing for one within it; -1 where there is none. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}
