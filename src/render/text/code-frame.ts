/**
 * A fault as text: what is wrong, where, the line with a caret under the fault, and what to do about it.
 *
 *     scenario.yaml:6:17: error: engine.maxBatchSize must be at least 1 (found 0) [out-of-range]
 *       6 |   maxBatchSize: 0
 *         |                 ^
 *         = help: most requests in a step
 *
 * Everything that comes from a user's file is made visible first, so that no file can move the cursor or
 * colour the terminal; a line too long for the page is cut around the fault.
 */
import type { Fault } from '../../core/fault.ts';
import type { FilePlace } from '../../core/place.ts';
import type { Page, Paint } from './style.ts';
import { visible, width, wrap } from './text.ts';

/** Narrower than this, the source line is not cut any further. */
const LEAST_SOURCE = 20;

const TAB = '  ';

/** The lines of one fault, without a line break at the end. */
export function codeFrame(fault: Fault<FilePlace>, { columns, style }: Page): string {
  const { code, message, help, file, line, column, severity = 'error' } = fault;
  const paint = severity === 'error' ? style.worse : style.title;
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  const gutter = ' '.repeat(Math.max(3, String(line ?? '').length + 2));
  const frame = sourceFrame(fault, columns - gutter.length - 3, paint);
  const helpLine = help === undefined ? [] : wrap(`= help: ${visible(help)}`, columns - gutter.length - 1, { hang: 8 }).split('\n');
  return [
    `${style.title(visible(place))}: ${paint(severity)}: ${visible(message)} ${style.dim(`[${code}]`)}`,
    ...(frame === undefined ? [] : [
      `${style.dim(`${String(line ?? '').padStart(gutter.length - 1)} |`)} ${frame.source}`.trimEnd(),
      ...(frame.caret === undefined ? [] : [`${style.dim(`${gutter}|`)} ${frame.caret}`]),
    ]),
    ...helpLine.map((text) => `${gutter} ${text}`.trimEnd()),
  ].join('\n');
}

/** The frames of several faults, an empty line between them, and a line break at the end of each. */
export function codeFrames(faults: readonly Fault<FilePlace>[], page: Page): string {
  return faults.map((fault) => `${codeFrame(fault, page)}\n`).join('\n');
}

/** The source line and, where the column is known, carets below it. */
interface Frame {
  readonly source: string;
  readonly caret: string | undefined;
}

function sourceFrame({ sourceLine, sourceColumn = 1, column, length = 1 }: Fault<FilePlace>, columns: number, paint: Paint): Frame | undefined {
  if (sourceLine === undefined) return undefined;
  const room = Math.max(LEAST_SOURCE, columns);
  const at = (column ?? sourceColumn) - sourceColumn;
  // A place that begins within the line is cut there already.
  const before = [...(sourceColumn > 1 ? ['…'] : []), ...shownChars(sourceLine.slice(0, at))];
  const fault = shownChars(sourceLine.slice(at, at + length));
  const window = cut([...before, ...fault, ...shownChars(sourceLine.slice(at + length))], before.length, room);
  const lead = widthOf(before.slice(window.from)) + (window.from > 0 ? 1 : 0);
  const underlined = Math.max(1, widthOf(fault.slice(0, Math.max(0, window.to - before.length))));
  return { source: window.text, caret: column === undefined ? undefined : ' '.repeat(lead) + paint('^'.repeat(underlined)) };
}

/** The characters as they are shown: some take several columns each. */
function shownChars(text: string): string[] {
  return Array.from(text, (char) => (char === '\t' ? TAB : visible(char)));
}

/** What fits of the characters: all, or a stretch that begins a third of the room before position `at`. */
function cut(chars: readonly string[], at: number, room: number): { readonly from: number; readonly to: number; readonly text: string } {
  if (widthOf(chars) <= room) return { from: 0, to: chars.length, text: chars.join('') };
  const from = at - fitting(chars.slice(0, at).reverse(), room / 3);
  const to = from + fitting(chars.slice(from), room - (from > 0 ? 2 : 1));
  return { from, to, text: `${from > 0 ? '…' : ''}${chars.slice(from, to).join('')}${to < chars.length ? '…' : ''}` };
}

/** How many characters from the first on fit. */
function fitting(chars: readonly string[], room: number): number {
  let used = 0;
  const beyond = chars.findIndex((char) => (used += width(char)) > room);
  return beyond < 0 ? chars.length : beyond;
}

function widthOf(chars: readonly string[]): number {
  return chars.reduce((sum, char) => sum + width(char), 0);
}
