/**
 * How wide text is on a terminal, and how it is cut and broken.
 *
 * A tenant called 「優先」 takes two columns a character. The measure is the one that cli-table3 uses, in the same
 * version, so that what is padded here and there stands in line.
 */
import stringWidth from 'string-width';
import { isNarrow } from './narrow.ts';

export { visible } from './visible.ts';

/** Terminal columns the text takes; colour codes take none, East Asian wide characters two. */
export function width(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

/** The text (without colour codes), cut with an ellipsis where it is wider than `columns`. */
export function shorten(text: string, columns: number): string {
  return width(text) <= columns ? text : `${pieces(text, columns - 1)[0]!}…`;
}

/** The text followed by spaces up to `columns`. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** The text preceded by spaces up to `columns`. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Where prose may break: at a space, but not between a number and its unit, nor between a name and its number. */
const BREAKS = /(?<![\p{L}\d]) |(?<=\p{L}) (?![\d–])|(?<=\d) (?![\d–]|(?:µs|ms|s|min|h|d|%|pp|\/s)(?![\p{L}\d]))/u;

/** An address stays whole, however long, so that it can be followed. */
const ADDRESS = /^https?:\/\//;

/** Breaks prose at spaces so that no line is wider than `columns`; the first line is indented, later ones hang. */
export function wrap(text: string, columns: number, { indent = 0, hang = indent }: { indent?: number; hang?: number } = {}): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  for (const word of text.split(BREAKS).flatMap((whole) => (ADDRESS.test(whole) ? [whole] : pieces(whole, columns - Math.max(indent, hang))))) {
    if (!empty && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = ' '.repeat(hang);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** A text cut into parts that are no wider than `columns`, unless a single character is. */
function pieces(word: string, columns: number): string[] {
  if (width(word) <= columns) return [word];
  const parts = [''];
  for (const char of word) {
    if (width(parts.at(-1)! + char) > columns) parts.push('');
    parts[parts.length - 1] += char;
  }
  return parts;
}
