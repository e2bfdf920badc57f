/** The result of `sched simulate` for a terminal: one table a scenario, policies below each other, a row per class. */
import type { GroupSummary } from '../../metrics/summary.ts';
import { COLUMN_SETS, columnCells, type MetricColumn } from './columns.ts';
import { drawGrid, gridWidth, type GridColumn, type GridLine, type GridSpacing } from '../text/grid.ts';
import { runHeader, scenarioHeader } from './headers.ts';
import { notes } from './notes.ts';
import { alignColumn } from '../text/quantities.ts';
import { promiseTable } from './promises.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import type { Page, Style } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

const ROOMY: GridSpacing = { indent: 2, gap: 2, groupGap: 3 };
const TIGHT: GridSpacing = { indent: 1, gap: 1, groupGap: 2 };

/** Tables of all scenarios, then what needs saying about them, once. Ends in a newline. */
export function simulateTables(reports: readonly Report[], page: Page): string {
  const blocks = reports.map((report) => scenarioTables(report, page));
  const beneath = notes(reports).map((note) => page.style.dim(wrap(note, page.columns, { hang: 2 })));
  return [...blocks, ...(beneath.length > 0 ? [beneath.join('\n')] : [])].join('\n\n') + '\n';
}

function scenarioTables(report: Report, page: Page): string {
  return [scenarioHeader(report, page.columns, page.style), ...promiseTable(report, page), ...panels(report, page)].join('\n\n');
}

/** One table with every column where the terminal has room for it, else the column sets below each other. */
function panels(report: Report, page: Page): string[] {
  const whole = panel(report, COLUMN_SETS.flat(), true, page);
  const spacing = roomFor(whole, page);
  if (spacing) return [draw(whole, spacing, page)];
  return COLUMN_SETS.flatMap((set, index) => fitted(report, set, index === 0, page));
}

/** The column set in as few tables as the width allows; even one column too wide is drawn rather than lost. */
function fitted(report: Report, set: readonly MetricColumn[], first: boolean, page: Page): string[] {
  const all = panel(report, set, first, page);
  const spacing = roomFor(all, page);
  if (spacing) return [draw(all, spacing, page)];
  if (set.length === 1) return [draw(all, TIGHT, page)];
  const half = Math.ceil(set.length / 2);
  return [...fitted(report, set.slice(0, half), first, page), ...fitted(report, set.slice(half), false, page)];
}

interface Panel {
  readonly columns: readonly GridColumn[];
  readonly lines: readonly GridLine[];
}

/** The widest spacing that fits the page. */
function roomFor({ columns, lines }: Panel, page: Page): GridSpacing | undefined {
  return [ROOMY, TIGHT].find((spacing) => gridWidth(columns, lines, spacing) <= page.columns);
}

function draw({ columns, lines }: Panel, spacing: GridSpacing, page: Page): string {
  return drawGrid(columns, lines, spacing, page.style.dim);
}

/** Rows of all runs under `metrics`; only the first table of a scenario tells the facts of the runs. */
function panel(report: Report, metrics: readonly MetricColumn[], withFacts: boolean, page: Page): Panel {
  const rows = report.runs.map((run) => groupsOf(report, run));
  const groups = rows.flat().map(({ group }) => group);
  const cells = columnCells(metrics, groups).map((figures, column) => painted(alignColumn(figures), metrics[column]!, groups, page.style));
  const lines: GridLine[] = [];
  let row = 0;
  for (const [index, run] of report.runs.entries()) {
    lines.push({ across: '' }, { across: heading(run, withFacts, page) });
    for (const { name } of rows[index]!) {
      lines.push([shorten(visible(name), labelRoom(page)), ...cells.map((column) => column[row]!)]);
      row++;
    }
  }
  return { columns: [{ group: '', title: '', align: 'left' }, ...metrics.map(({ group, title }) => ({ group, title, align: 'right' as const }))], lines };
}

function heading(run: Run, withFacts: boolean, { columns, style }: Page): string {
  return withFacts ? runHeader(run, columns, style) : style.title(shorten(visible(run.scheduler), columns));
}

function groupsOf(report: Report, run: Run): { name: string; group: GroupSummary }[] {
  const classes = report.classes.map((name) => ({ name, group: run.summary.classes[name]! }));
  return [...classes, { name: 'all', group: run.summary.all }];
}

/** A long class name may take a third of the line, not more. */
function labelRoom(page: Page): number {
  return Math.max(8, Math.floor(page.columns / 3) - 8);
}

function painted(cells: readonly string[], metric: MetricColumn, groups: readonly GroupSummary[], style: Style): string[] {
  return cells.map((cell, index) => {
    const verdict = metric.judge?.(groups[index]!);
    return verdict ? style[verdict](cell) : cell;
  });
}
