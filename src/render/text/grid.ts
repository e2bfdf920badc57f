/**
 * Columns of cells as aligned lines: cli-table3 without borders, with column groups, and with full-width
 * lines between rows. What is in the cells is the business of the tables that use it.
 */
import CliTable from 'cli-table3';
import { padStart, width } from './text.ts';
import type { Paint } from './style.ts';

export interface GridColumn {
  /** Heading shared with the neighbours that have the same one; '' for none. */
  readonly group: string;
  /** Tells two groups of the same name apart. */
  readonly groupKey?: number;
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A row of cells (one a column), or a line across the whole grid. */
export type GridLine = readonly string[] | { readonly across: string };

export interface GridSpacing {
  /** Spaces before the first column. */
  readonly indent: number;
  /** Spaces between columns, and more of them where a new group starts. */
  readonly gap: number;
  readonly groupGap: number;
}

const NO_BORDERS = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '',
};

/** Width of each column's content: its widest cell or its title; a group's last column makes room for the group's name. */
function contentWidths(columns: readonly GridColumn[], lines: readonly GridLine[], before: readonly number[]): number[] {
  const widths = columns.map((column, index) =>
    lines.reduce((widest, line) => ('across' in line ? widest : Math.max(widest, width(line[index]!))), width(column.title)));
  for (const { name, start, end } of groupsOf(columns)) {
    widths[end - 1]! += Math.max(0, width(name) - spanOf(widths, before, start, end));
  }
  return widths;
}

/** Neighbouring columns under one name; a column without a group is one by itself. */
function groupsOf(columns: readonly GridColumn[]): { name: string; start: number; end: number }[] {
  const groups: { name: string; start: number; end: number }[] = [];
  for (const [index, column] of columns.entries()) {
    const last = groups.at(-1);
    if (last && sameGroup(column, columns[index - 1]!)) last.end = index + 1;
    else groups.push({ name: column.group, start: index, end: index + 1 });
  }
  return groups;
}

/** From the first column's content to the end of the last one's. */
function spanOf(widths: readonly number[], before: readonly number[], start: number, end: number): number {
  let span = widths[start]!;
  for (let index = start + 1; index < end; index++) span += before[index]! + widths[index]!;
  return span;
}

function sameGroup(a: GridColumn, b: GridColumn): boolean {
  return a.group !== '' && a.group === b.group && a.groupKey === b.groupKey;
}

function spaceBefore(columns: readonly GridColumn[], index: number, spacing: GridSpacing): number {
  if (index === 0) return spacing.indent;
  return sameGroup(columns[index]!, columns[index - 1]!) ? spacing.gap : spacing.groupGap;
}

function spaces(columns: readonly GridColumn[], spacing: GridSpacing): number[] {
  return columns.map((_, index) => spaceBefore(columns, index, spacing));
}

/** Columns of the terminal that the rows of the grid take (lines across are not counted). */
export function gridWidth(columns: readonly GridColumn[], lines: readonly GridLine[], spacing: GridSpacing): number {
  const before = spaces(columns, spacing);
  return before[0]! + spanOf(contentWidths(columns, lines, before), before, 0, columns.length);
}

/** Draws headings (painted with `heading`) and lines; no trailing spaces, no final newline. */
export function drawGrid(columns: readonly GridColumn[], lines: readonly GridLine[], spacing: GridSpacing, heading: Paint): string {
  const before = spaces(columns, spacing);
  const widths = contentWidths(columns, lines, before);
  const table = new CliTable({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: widths.map((content, index) => content + before[index]!),
    colAligns: columns.map(({ align }) => align),
  });
  const cell = (content: string, index: number) => ({ content, style: { 'padding-left': before[index]! } });
  if (columns.some(({ title }) => title !== '')) table.push(columns.map(({ title }, index) => cell(heading(title), index)));
  const titles = table.length;
  // Neighbouring rows are one row of cells with several lines: what cli-table3 does for a cell would be felt at start-up.
  for (const block of blocksOf(lines)) table.push(columns.map((_, index) => cell(block.map((row) => row[index]!).join('\n'), index)));

  const rows = table.toString().split('\n').map((line) => line.trimEnd());
  const groups = columns.some(({ group }) => group !== '') ? [groupHeadings(columns, widths, before, heading)] : [];
  let next = titles;
  return [...groups, ...rows.slice(0, titles), ...lines.map((line) => ('across' in line ? line.across : rows[next++]!))].join('\n');
}

/** The names of the groups, each over its own columns: a cell of cli-table3 that spans columns takes more room than they do. */
function groupHeadings(columns: readonly GridColumn[], widths: readonly number[], before: readonly number[], heading: Paint): string {
  let line = '';
  let at = 0;
  let column = 0;
  for (const { name, start, end } of groupsOf(columns)) {
    const span = spanOf(widths, before, start, end);
    column += before[start]!;
    if (name !== '') {
      const ruledName = ruled(name, span);
      const shown = ruledName.trimStart();
      const from = column + width(ruledName) - width(shown);
      line += ' '.repeat(from - at) + heading(shown);
      at = from + width(shown);
    }
    column += span;
  }
  return line;
}

/** Rows of cells that stand directly below each other. */
function blocksOf(lines: readonly GridLine[]): (readonly string[])[][] {
  const blocks: (readonly string[])[][] = [];
  let block: (readonly string[])[] | undefined;
  for (const line of lines) {
    if ('across' in line) block = undefined;
    else if (block) block.push(line);
    else blocks.push((block = [line]));
  }
  return blocks;
}

/** ──── latency ──── over `span` columns; a name that leaves no room for a rule stands at the right edge. */
function ruled(name: string, span: number): string {
  const room = span - width(name) - 2;
  if (room < 4) return padStart(name, span);
  const left = Math.floor(room / 2);
  return `${'─'.repeat(left)} ${name} ${'─'.repeat(room - left)}`;
}
