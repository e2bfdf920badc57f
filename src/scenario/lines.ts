/** From an offset in a text to the line and column that a person can find. */
import type { Position, Span } from '../core/place.ts';

/** A position that is known to the character. */
export type ExactPosition = Position & Required<Pick<Position, 'line' | 'column' | 'length' | 'sourceLine'>>;

/** A longer line is cut around the place, so that a file in one line does not make megabytes of messages. */
const LONGEST_LINE = 1000;

/** How much of a cut line stays before the place. */
const LEAD = 300;

/** Finds places in `text`; the lines are counted once, at the first call. Lines end in LF, CR LF or CR. */
export function placeFinder(text: string): (span: Span) => ExactPosition {
  let starts: Uint32Array | undefined;
  return ({ start, end }) => {
    starts ??= lineStarts(text);
    const offset = Math.min(Math.max(start, 0), text.length);
    const line = lastAtMost(starts, offset);
    const lineStart = starts[line]!;
    const lineEnd = endOfLine(text, starts[line + 1] ?? text.length, lineStart);
    const place = {
      line: line + 1,
      column: offset - lineStart + 1,
      length: Math.max(1, Math.min(end, lineEnd) - offset),
    };
    if (lineEnd - lineStart <= LONGEST_LINE) return { ...place, sourceLine: text.slice(lineStart, lineEnd) };
    const cut = Math.max(lineStart, Math.min(offset - LEAD, lineEnd - LONGEST_LINE));
    return { ...place, sourceLine: text.slice(cut, Math.min(lineEnd, cut + LONGEST_LINE)), sourceColumn: cut - lineStart + 1 };
  };
}

/** Where each line begins: as few bytes a line as will do, as a file may be nothing but line ends. */
function lineStarts(text: string): Uint32Array {
  const starts = new Uint32Array(1 + countLineEnds(text));
  let line = 0;
  for (let at = nextLine(text, 0); at >= 0; at = nextLine(text, at)) starts[++line] = at;
  return starts;
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = nextLine(text, 0); at >= 0; at = nextLine(text, at)) count++;
  return count;
}

const LINE_END = /\r\n|\n|\r/g;

/** Where the line after a place begins; -1 where there is none. */
function nextLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.test(text) ? LINE_END.lastIndex : -1;
}

function endOfLine(text: string, next: number, start: number): number {
  let end = next;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}

/** Index of the last element that is at most `value`, in an ascending list whose first element is. */
function lastAtMost(ascending: Uint32Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
