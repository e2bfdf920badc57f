/** The result of `sched compare` for a terminal: policies side by side, each with its change against the first, and what that says. */
import { comparisonRows, type ComparisonRow, figuresOf, isFact } from './comparison.ts';
import { change } from './changes.ts';
import { drawGrid, gridWidth, type GridColumn, type GridLine, type GridSpacing } from '../text/grid.ts';
import { scenarioHeader } from './headers.ts';
import { notes } from './notes.ts';
import { alignColumn, MISSING, type Quantity, written } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { answer } from './answer.ts';

const SPACING: GridSpacing = { indent: 0, gap: 2, groupGap: 3 };
const TIGHT: GridSpacing = { indent: 0, gap: 1, groupGap: 2 };
const STACKED: GridSpacing = { indent: 1, gap: 1, groupGap: 1 };

/** What a value with its change takes at least, so that the name above may take as much. */
const CHANGE_COLUMNS = 18;

const LEGEND = '▲ better, ▼ worse than the first, ≈ about the same';

/** Comparisons of all scenarios, then what needs saying about them, once. Ends in a newline. */
export function compareTables(reports: readonly Report[], page: Page): string {
  const beneath = [LEGEND, ...notes(reports)].map((note) => page.style.dim(wrap(note, page.columns, { hang: 2 })));
  return [...reports.map((report) => comparison(report, page)), beneath.join('\n')].join('\n\n') + '\n';
}

function comparison(report: Report, page: Page): string {
  const rows = comparisonRows(report);
  const others = report.runs.map((_, index) => index).slice(1);
  return [scenarioHeader(report, page.columns, page.style), ...answer(report, page), ...sideBySide(report, rows, others, page)].join('\n\n');
}

/** The first policy with as many of the others as fit beside it, and again for the rest; stacked where not even one fits. */
function sideBySide(report: Report, rows: readonly ComparisonRow[], others: readonly number[], page: Page): string[] {
  for (let many = others.length; many > 0; many--) {
    const { columns, lines } = panel(report, rows, others.slice(0, many), page);
    const spacing = [SPACING, TIGHT].find((candidate) => gridWidth(columns, lines, candidate) <= page.columns);
    if (spacing) return [drawGrid(columns, lines, spacing, page.style.dim), ...sideBySide(report, rows, others.slice(many), page)];
  }
  return others.map((run) => stacked(report, rows, run, page));
}

/** One policy against the first on a narrow terminal: the metric above its classes, one figure after the other. */
function stacked(report: Report, rows: readonly ComparisonRow[], run: number, page: Page): string {
  const left: GridColumn = { group: '', title: '', align: 'left' };
  const right: GridColumn = { group: '', title: '', align: 'right' };
  const figures = figuresOf(rows);
  // Both figures are in one unit, which need not be said twice.
  const before = figures.map((row) => row[0]?.number ?? MISSING);
  const after = alignColumn(figures.map((row) => row[run]!));
  const cells = [before, rows.map(() => '→'), after, ...changes(rows, run, page)];
  const columns = [right, left, right, left, right];
  const figureColumns = gridWidth(columns, rows.map((_, index) => cells.map((cell) => cell[index]!)), STACKED);
  const room = Math.max(1, page.columns - STACKED.indent - STACKED.gap - figureColumns);
  const lines = rows.flatMap((row, index): GridLine[] => {
    const titled = index === 0 || rows[index - 1]!.metric !== row.metric;
    const line = [shorten(visible(row.group), room), ...cells.map((cell) => cell[index]!)];
    return titled ? [{ across: shorten(row.metric, page.columns) }, line] : [line];
  });
  const names = [report.runs[0]!, report.runs[run]!].map(({ scheduler }) => shorten(visible(scheduler), Math.floor((page.columns - 3) / 2)));
  return [page.style.dim(names.join(' → ')), drawGrid([left, ...columns], lines, STACKED, page.style.dim)].join('\n');
}

function panel(report: Report, rows: readonly ComparisonRow[], others: readonly number[], page: Page) {
  const labelRoom = Math.floor(page.columns / 5) - 3;
  const label: GridColumn = { group: '', title: '', align: 'left' };
  const ofRun = (run: number, align: GridColumn['align']): GridColumn =>
    ({ group: shorten(visible(report.runs[run]!.scheduler), run === 0 ? labelRoom + 2 : CHANGE_COLUMNS), groupKey: run, title: '', align });
  const columns = [
    label, label, ofRun(0, 'right'), ...others.flatMap((run) => [ofRun(run, 'right'), ofRun(run, 'left'), ofRun(run, 'right')]),
  ];
  const figures = figuresOf(rows);
  const values = (run: number) => alignColumn(figures.map((row) => row[run]!));
  const cells = [
    rows.map(({ metric }, index) => (rows[index - 1]?.metric === metric ? '' : metric)),
    rows.map(({ group }) => shorten(visible(group), labelRoom)),
    values(0),
    ...others.flatMap((run) => [values(run), ...changes(rows, run, page)]),
  ];
  const folded = foldedBlocks(rows);
  const lines = rows.flatMap((row, index): GridLine[] => {
    const line = cells.map((cell) => cell[index]!);
    if (folded.has(row.metric)) return row.group === 'all' ? [{ across: shorten(sameText(row.metric, figures[index]![0]!), page.columns) }] : [];
    return index > 0 && startsBlock(row, rows[index - 1]!) ? [{ across: '' }, line] : [line];
  });
  return { columns, lines };
}

function sameText(metric: string, figure: Quantity | null): string {
  return `${metric}: the same under all${figure ? `, ${written(figure)} over all requests` : ''}`;
}

/** Metrics whose figures are the same under every run, for each of several groups. */
function foldedBlocks(rows: readonly ComparisonRow[]): Set<string> {
  const metrics = new Map<string, ComparisonRow[]>();
  for (const row of rows) metrics.set(row.metric, [...(metrics.get(row.metric) ?? []), row]);
  return new Set([...metrics].filter(([, ofMetric]) => ofMetric.length > 1 && ofMetric.every(({ values }) => values.every((value) => value === values[0]))).map(([metric]) => metric));
}

/** A metric has its own block of classes; the figures of the run share one. */
function startsBlock(row: ComparisonRow, previous: ComparisonRow): boolean {
  return row.metric !== previous.metric && !(row.group === '' && previous.group === '');
}

/** Two columns: which way, and how far. */
function changes(rows: readonly ComparisonRow[], run: number, { style }: Page): [signs: string[], amounts: string[]] {
  const all = rows.map((row) => row.changes[run - 1]!);
  const shown = all.map((each, index) => change(each, isFact(rows[index]!)));
  const paint = (cell: string, index: number) => {
    const { effect } = all[index]!;
    const judged = !isFact(rows[index]!) && shown[index]?.sign !== '≈' && (effect === 'better' || effect === 'worse');
    return judged ? style[effect](cell) : style.dim(cell);
  };
  const nothing = { number: '', unit: '' };
  return [shown.map((each) => each?.sign ?? '').map(paint), alignColumn(shown.map((each) => each?.amount ?? nothing)).map(paint)];
}
