/** The result of `sched compare` for a terminal: policies side by side, each with its change against the first, and what that says. */
import { comparisonRows, type ComparisonRow } from './comparison.ts';
import { change, figure } from './changes.ts';
import { drawGrid, gridWidth, type GridColumn, type GridLine, type GridSpacing } from '../text/grid.ts';
import { scenarioHeader } from './headers.ts';
import { notes } from './notes.ts';
import { alignColumn } from '../text/quantities.ts';
import type { Report } from './report.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { overload, verdicts, type Sentence } from './verdict.ts';

const SPACING: GridSpacing = { indent: 0, gap: 2, groupGap: 3 };
const TIGHT: GridSpacing = { indent: 0, gap: 1, groupGap: 2 };

/** What a value with its change takes at least, so that the name above may take as much. */
const CHANGE_COLUMNS = 18;

const LEGEND = '▼ less, ▲ more than the first; less is better, except for SLA, goodput and Jain index';

/** Comparisons of all scenarios, then what needs saying about them, once. Ends in a newline. */
export function compareTables(reports: readonly Report[], page: Page): string {
  const beneath = [LEGEND, ...notes(reports)].map((note) => page.style.dim(wrap(note, page.columns, { hang: 2 })));
  return [...reports.map((report) => comparison(report, page)), beneath.join('\n')].join('\n\n') + '\n';
}

function comparison(report: Report, page: Page): string {
  const rows = comparisonRows(report);
  const others = report.runs.map((_, index) => index).slice(1);
  return [scenarioHeader(report, page.columns, page.style), ...sideBySide(report, rows, others, page), verdictText(report, page)].join('\n\n');
}

/** The first policy with as many of the others as fit beside it, and again for the rest. */
function sideBySide(report: Report, rows: readonly ComparisonRow[], others: readonly number[], page: Page): string[] {
  for (let many = others.length; many > 0; many--) {
    const { columns, lines } = panel(report, rows, others.slice(0, many), page);
    const spacing = [SPACING, TIGHT].find((candidate) => gridWidth(columns, lines, candidate) <= page.columns);
    if (spacing || many === 1) {
      return [drawGrid(columns, lines, spacing ?? TIGHT, page.style.dim), ...sideBySide(report, rows, others.slice(many), page)];
    }
  }
  return [];
}

function panel(report: Report, rows: readonly ComparisonRow[], others: readonly number[], page: Page) {
  const labelRoom = Math.floor(page.columns / 5) - 3;
  const label: GridColumn = { group: '', title: '', align: 'left' };
  const ofRun = (run: number, align: GridColumn['align']): GridColumn =>
    ({ group: shorten(visible(report.runs[run]!.scheduler), run === 0 ? labelRoom + 2 : CHANGE_COLUMNS), groupKey: run, title: '', align });
  const columns = [
    label, label, ofRun(0, 'right'), ...others.flatMap((run) => [ofRun(run, 'right'), ofRun(run, 'left'), ofRun(run, 'right')]),
  ];
  const cells = [
    rows.map(({ metric }, index) => (rows[index - 1]?.metric === metric ? '' : metric)),
    rows.map(({ group }) => shorten(visible(group), labelRoom)),
    values(rows, 0),
    ...others.flatMap((run) => [values(rows, run), ...changes(rows, run, page)]),
  ];
  const lines = rows.flatMap((row, index): GridLine[] => {
    const line = cells.map((cell) => cell[index]!);
    return index > 0 && startsBlock(row, rows[index - 1]!) ? [{ across: '' }, line] : [line];
  });
  return { columns, lines };
}

/** A metric has its own block of classes; the figures of the run share one. */
function startsBlock(row: ComparisonRow, previous: ComparisonRow): boolean {
  return row.metric !== previous.metric && !(row.group === '' && previous.group === '');
}

function values(rows: readonly ComparisonRow[], run: number): string[] {
  return alignColumn(rows.map(({ unit, values: written }) => (written[run] === null ? null : figure(written[run]!, unit))));
}

/** Two columns: which way, and how far. */
function changes(rows: readonly ComparisonRow[], run: number, { style }: Page): [signs: string[], amounts: string[]] {
  const all = rows.map((row) => row.changes[run - 1]!);
  const shown = all.map(change);
  const paint = (cell: string, index: number) => {
    const { effect } = all[index]!;
    return effect === 'better' || effect === 'worse' ? style[effect](cell) : style.dim(cell);
  };
  const nothing = { number: '', unit: '' };
  return [shown.map((each) => each?.sign ?? '').map(paint), alignColumn(shown.map((each) => each?.amount ?? nothing)).map(paint)];
}

function verdictText(report: Report, page: Page): string {
  const blocks = verdicts(report).map(({ run, against, sentences }) => [
    page.style.title(shorten(`${visible(run.scheduler)} against ${visible(against.scheduler)}`, page.columns)),
    ...sentences.map((sentence) => sentenceText(sentence, 2, page)),
  ].join('\n'));
  const warning = overload(report);
  return [...blocks, ...(warning ? [sentenceText(warning, 0, page)] : [])].join('\n\n');
}

function sentenceText({ text, effect }: Sentence, indent: number, { columns, style }: Page): string {
  const wrapped = wrap(text, columns, { indent, hang: indent + 2 });
  return effect ? style[effect](wrapped) : wrapped;
}
