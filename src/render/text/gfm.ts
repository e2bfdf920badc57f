/** A GitHub-flavoured Markdown table, and text that cannot break out of its cell. */
import { visible } from './text.ts';

export interface GfmColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** User text as Markdown that shows exactly that text: no cell border, no markup, no HTML. */
export function markdownText(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|&#~]/g, (char) => (char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`));
}

/** Text as code in a cell, which a bar would end even there. */
export function markdownCode(text: string): string {
  return `\`${visible(text).replaceAll('|', '\\|')}\``;
}

/** Cells are Markdown already. Ends without a newline. */
export function gfmTable(columns: readonly GfmColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

/** The same with every column to the left. */
export function gfmLeftTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return gfmTable(titles.map((title) => ({ title, align: 'left' })), rows);
}
