/** A workload for a terminal: its pace, its lengths, whose it is, and what became of the rows of each source. */
import { grouped } from '../../core/grouped.ts';
import { sparkline } from '../text/bars.ts';
import { shortDuration } from '../text/durations.ts';
import { drawGrid, type GridColumn, gridWidth, type GridSpacing } from '../text/grid.ts';
import { loadText } from '../text/load.ts';
import { alignColumn, count, percent, rate, ratio, written, type Quantity } from '../text/quantities.ts';
import type { Page } from '../text/style.ts';
import { histograms } from './histogram.ts';
import { twinBlock, twinNotes } from './twin.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import type { WorkloadReport } from '../../jobs/workload.ts';
import type { SourceReport } from '../../workload/source.ts';

const SPACING: GridSpacing = { indent: 2, gap: 2, groupGap: 3 };
const LONGEST_NAME = 24;
/** Columns that the numbers beside a name take. */
const NUMBERS = 28;

/** Ends in a newline. */
export function workloadTables(reports: readonly WorkloadReport[], page: Page): string {
  return `${reports.map((report) => workloadText(report, page)).join('\n\n')}\n`;
}

function workloadText(report: WorkloadReport, page: Page): string {
  const { style, columns } = page;
  const histogram = histograms(report.promptTokens, report.outputTokens, page);
  return [
    [style.title(shorten(visible(report.name), columns)), style.dim(wrap(paceOf(report), columns))].join('\n'),
    ...courseLines(report, page),
    lengthTable(report, page),
    ...(histogram === null ? [] : [histogram]),
    ...shareTables(report, page),
    sourceTable(report, page),
    ...(report.twin ? [twinBlock(report.twin), twinNotes(report.twin).map((note) => style.dim(wrap(note, columns))).join('\n')] : []),
  ].join('\n\n');
}

function paceOf({ requests, span, rate: perSecond, gapCv, seed }: WorkloadReport): string {
  return [
    `${grouped(requests)} ${requests === 1 ? 'request' : 'requests'}${span === null ? '' : ` over ${shortDuration(span)}`}`,
    ...(perSecond === null ? [] : [written(rate(perSecond))]),
    ...(gapCv === null ? [] : [`CV of the gaps ${written(ratio(gapCv))}`]),
    `seed ${visible(seed)}`,
  ].join(' · ');
}

/** The course of the rate as a line, its range, and how uneven the pace is. */
function courseLines({ course, burstiness, requests }: WorkloadReport, { style, columns }: Page): string[] {
  if (course === null) return [];
  const merged = mergedBy(course.requests, Math.max(Math.ceil(course.requests.length / (columns - 2)), Math.ceil((course.requests.length * LEAST_A_PART) / requests)));
  if (merged.length < LEAST_PARTS) return [];
  const window = (course.window * course.requests.length) / merged.length;
  const [low, high] = alignColumn([Math.min(...merged), Math.max(...merged)].map((part) => rate((part * 1e6) / window))).map((text) => text.trim());
  const about = [
    `${low} to ${high}, each part ${shortDuration(window)}`,
    ...(burstiness.length === 0 ? [] : [`variance over mean of the count: ${burstiness.map((of) => `${written(ratio(of.dispersion))} in ${shortDuration(of.window)}`).join(', ')}`]),
  ];
  return [[`  ${sparkline(merged)}`, style.dim(wrap(about.join(' · '), columns, { indent: 2 }))].join('\n')];
}

/** Requests that a part of the course should have on average: of fewer, its line shows chance. */
const LEAST_A_PART = 4;
/** A line of fewer parts says nothing that the rate does not. */
const LEAST_PARTS = 5;

/** Neighbours added up, so many at least, and so that all parts are alike. */
function mergedBy(counts: readonly number[], least: number): number[] {
  let size = Math.min(least, counts.length);
  while (counts.length % size !== 0) size++;
  return Array.from({ length: counts.length / size }, (_, part) => counts.slice(part * size, (part + 1) * size).reduce((sum, count) => sum + count, 0));
}

/** Statistics that go first where there is no room for all. */
const DISPENSABLE: readonly string[] = ['p90', 'p50'];

function lengthTable({ promptTokens, outputTokens }: WorkloadReport, { style, columns: room }: Page): string {
  const rows = [promptTokens, outputTokens];
  const cellsOf = (statistic: (typeof STATISTICS)[number]) => alignColumn(rows.map((figures) => {
    const value = figures[statistic];
    return value === null ? null : Number.isInteger(value) ? count(value) : tokenMean(value);
  }));
  for (let left = 0; ; left++) {
    const statistics = STATISTICS.filter((statistic) => !DISPENSABLE.slice(0, left).includes(statistic));
    const cells = statistics.map(cellsOf);
    const columns: GridColumn[] = [leftColumn('tokens'), ...statistics.map(right)];
    const lines = ['prompt', 'output'].map((name, row) => [name, ...cells.map((column) => column[row]!)]);
    if (left === DISPENSABLE.length || gridWidth(columns, lines, SPACING) <= room) return drawGrid(columns, lines, SPACING, style.dim);
  }
}

const STATISTICS = ['mean', 'p50', 'p90', 'p99', 'max'] as const;

/** A mean number of tokens keeps one decimal. */
function tokenMean(value: number): Quantity {
  return value < 1000 ? { number: value.toFixed(1), unit: '' } : count(value);
}

function shareTables({ classes, tenants }: WorkloadReport, { style, columns }: Page): string[] {
  return ([['class', classes], ['tenant', tenants]] as const).filter(([, byName]) => Object.keys(byName).length > 0).map(([title, byName]) => {
    const written = alignColumn(Object.values(byName).map(percent));
    return drawGrid([leftColumn(title), right('share')], Object.keys(byName).map((name, row) => [named(name, columns), written[row]!]), SPACING, style.dim);
  });
}

function sourceTable({ sources }: WorkloadReport, { style, columns }: Page): string {
  const numbers = (read: (source: SourceReport) => number) => alignColumn(sources.map((source) => count(read(source))));
  const cells = [numbers(({ rowsRead }) => rowsRead), numbers(({ rowsKept }) => rowsKept), numbers(({ rowsRead, rowsKept }) => rowsRead - rowsKept)];
  const lines = sources.flatMap((source, row) => [
    [named(source.source, columns), ...cells.map((column) => column[row]!)],
    ...aboutSource(source).map((text) => ({ across: style.dim(wrap(text, columns, { indent: 4 })) })),
  ]);
  return drawGrid([leftColumn('source'), right('read'), right('kept'), right('dropped')], lines, SPACING, style.dim);
}

function aboutSource(source: SourceReport): string[] {
  const { file, format, dropped, notes = [] } = source;
  const load = loadText(source);
  const reasons = Object.entries(dropped).map(([reason, rows]) => `${grouped(rows)} ${visible(reason)}`);
  return [
    ...(file === undefined ? [] : [`${visible(file)}${format === undefined ? '' : ` (${format})`}`]),
    ...(reasons.length === 0 ? [] : [`dropped: ${reasons.join(', ')}`]),
    ...(load === null ? [] : [load]),
    ...notes.map(visible),
  ];
}

function named(name: string, columns: number): string {
  return shorten(visible(name), Math.min(LONGEST_NAME, columns - NUMBERS));
}

function leftColumn(title: string): GridColumn {
  return { group: '', title, align: 'left' };
}

function right(title: string): GridColumn {
  return { group: '', title, align: 'right' };
}
