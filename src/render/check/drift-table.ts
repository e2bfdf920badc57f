/** The figures that left their baseline, for a terminal: schedulers that changed alike share their rows. */
import type { BaselineChange } from '../../gate/check-result.ts';
import { exact } from '../text/exact.ts';
import { changeCells, count, groupBy, mostTelling } from './findings.ts';
import { drawGrid, type GridColumn, gridWidth } from '../text/grid.ts';
import type { Page, Style } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

/** Rows that are shown; the JSON has all. */
const MOST_ROWS = 24;

const INDENT = 5;
const SPACING = { indent: INDENT, gap: 2, groupGap: 2 };

/** The columns, and the cells of a change in them; the last tells better from worse. */
interface Layout {
  readonly columns: readonly GridColumn[];
  readonly cellsOf: (change: BaselineChange) => string[];
}

const FULL: Layout = {
  columns: columnsOf('figure', 'baseline', 'now', 'change', '', ''),
  cellsOf: (change) => [...valueCells(change), ...changeCells(change)],
};

/** The change once: relative where that is defined, else as an amount. */
const SHORT: Layout = {
  columns: columnsOf('figure', 'baseline', 'now', 'change', ''),
  cellsOf(change) {
    const [amount, relative, effect] = changeCells(change);
    return [...valueCells(change), relative === '' ? amount : relative, effect];
  },
};

/** Figures of schedulers under which the same figures changed in the same way. */
interface Block {
  readonly schedulers: readonly string[];
  /** Of the first of them. */
  readonly changes: readonly BaselineChange[];
}

/** A table, or a list where the page is too narrow for one. No newline at the end. */
export function driftTable(changes: readonly BaselineChange[], page: Page): string {
  const { columns, style } = page;
  const blocks = alike(changes);
  const telling = new Set(mostTelling(blocks.flatMap((block) => block.changes), MOST_ROWS));
  const shown = blocks.map((block) => ({ ...block, changes: block.changes.filter((change) => telling.has(change)) })).filter((block) => block.changes.length > 0);
  const left = changes.length - shown.reduce((sum, block) => sum + block.changes.length * block.schedulers.length, 0);
  const rest = left === 0 ? [] : [style.dim(wrap(`and ${count(left, 'more figure')}; --format json lists all`, columns, { indent: INDENT }))];
  const layout = [FULL, SHORT].find(({ columns: of, cellsOf }) => gridWidth(of, shown.flatMap((block) => block.changes.map(cellsOf)), SPACING) <= columns);
  return [layout ? table(shown, layout, page) : list(shown, page), ...rest].join('\n');
}

function alike(changes: readonly BaselineChange[]): Block[] {
  const perScheduler = groupBy(changes, ({ scheduler }) => scheduler);
  const told = (of: readonly BaselineChange[]) => JSON.stringify(of.map(({ group, metric, baseline, now, tolerance }) => [group, metric, baseline, now, tolerance]));
  return [...groupBy([...perScheduler.values()], told).values()]
    .map((same) => ({ schedulers: same.map(([first]) => first!.scheduler), changes: same[0]! }));
}

function table(blocks: readonly Block[], { columns, cellsOf }: Layout, page: Page): string {
  const lines = blocks.flatMap((block, position) => [
    ...(position === 0 ? [] : [{ across: '' }]),
    { across: heading(block, page) },
    ...block.changes.map((change) => {
      const cells = cellsOf(change);
      return [...cells.slice(0, -1), effectPaint(change, page.style)(cells.at(-1)!)];
    }),
  ]);
  return drawGrid(columns, lines, SPACING, page.style.dim);
}

function list(blocks: readonly Block[], page: Page): string {
  const lineOf = (change: BaselineChange) => {
    const [figure, before, now, ...notes] = SHORT.cellsOf(change);
    const about = notes.filter((note) => note !== '').join(', ');
    return wrap(`${figure}: ${before} → ${now}${about === '' ? '' : ` (${about})`}`, page.columns, { indent: INDENT, hang: INDENT + 2 });
  };
  return blocks.map((block) => [heading(block, page), ...block.changes.map(lineOf)].join('\n')).join('\n\n');
}

function heading({ schedulers }: Block, { columns, style }: Page): string {
  return style.title(shorten(`${' '.repeat(INDENT)}under ${schedulers.map(visible).join(', ')}`, columns));
}

function columnsOf(...titles: readonly string[]): GridColumn[] {
  return titles.map((title, index) => ({ group: '', title, align: index === 0 || index === titles.length - 1 ? 'left' : 'right' }));
}

function valueCells({ group, metric, baseline, now, unit }: BaselineChange): string[] {
  return [visible(group === null ? metric : `${group}.${metric}`), exact(baseline, unit), exact(now, unit)];
}

function effectPaint({ effect }: BaselineChange, { better, worse, dim }: Style) {
  if (effect === 'better') return better;
  return effect === 'worse' ? worse : dim;
}
