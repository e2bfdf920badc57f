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

/** Cells are Markdown already. Ends without a newline. */
export function gfmTable(columns: readonly GfmColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}
