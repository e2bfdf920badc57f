/** A workload for a terminal: its pace, its lengths, whose it is, and what became of the rows of each source. */
import { grouped } from '../../core/grouped.ts';
import { shortDuration } from '../text/durations.ts';
import { drawGrid, type GridColumn, type GridSpacing } from '../text/grid.ts';
import { loadText } from '../text/load.ts';
import { alignColumn, count, percent, rate, ratio, written, type Quantity } from '../text/quantities.ts';
import type { Page } from '../text/style.ts';
import { twinBlock, twinNotes } from './twin.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import type { WorkloadReport } from '../../jobs/workload.ts';
import type { SourceReport } from '../../workload/source.ts';

const SPACING: GridSpacing = { indent: 2, gap: 2, groupGap: 3 };
const LONGEST_NAME = 24;

/** Ends in a newline. */
export function workloadTables(reports: readonly WorkloadReport[], page: Page): string {
  return `${reports.map((report) => workloadText(report, page)).join('\n\n')}\n`;
}

function workloadText(report: WorkloadReport, page: Page): string {
  const { style, columns } = page;
  return [
    [style.title(shorten(visible(report.name), columns)), style.dim(wrap(paceOf(report), columns))].join('\n'),
    lengthTable(report, page),
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

function lengthTable({ promptTokens, outputTokens }: WorkloadReport, { style }: Page): string {
  const statistics = ['mean', 'p50', 'p90', 'p99', 'max'] as const;
  const rows = [promptTokens, outputTokens];
  const cells = statistics.map((statistic) => alignColumn(rows.map((figures) => {
    const value = figures[statistic];
    return value === null ? null : Number.isInteger(value) ? count(value) : tokenMean(value);
  })));
  const columns: GridColumn[] = [left('tokens'), ...statistics.map(right)];
  return drawGrid(columns, ['prompt', 'output'].map((name, row) => [name, ...cells.map((column) => column[row]!)]), SPACING, style.dim);
}

/** A mean number of tokens keeps one decimal. */
function tokenMean(value: number): Quantity {
  return value < 1000 ? { number: value.toFixed(1), unit: '' } : count(value);
}

function shareTables({ classes, tenants }: WorkloadReport, { style }: Page): string[] {
  return ([['class', classes], ['tenant', tenants]] as const).filter(([, byName]) => Object.keys(byName).length > 0).map(([title, byName]) => {
    const written = alignColumn(Object.values(byName).map(percent));
    return drawGrid([left(title), right('share')], Object.keys(byName).map((name, row) => [named(name), written[row]!]), SPACING, style.dim);
  });
}

function sourceTable({ sources }: WorkloadReport, { style, columns }: Page): string {
  const numbers = (read: (source: SourceReport) => number) => alignColumn(sources.map((source) => count(read(source))));
  const cells = [numbers(({ rowsRead }) => rowsRead), numbers(({ rowsKept }) => rowsKept), numbers(({ rowsRead, rowsKept }) => rowsRead - rowsKept)];
  const lines = sources.flatMap((source, row) => [
    [named(source.source), ...cells.map((column) => column[row]!)],
    ...aboutSource(source).map((text) => ({ across: style.dim(wrap(text, columns, { indent: 4 })) })),
  ]);
  return drawGrid([left('source'), right('read'), right('kept'), right('dropped')], lines, SPACING, style.dim);
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

function named(name: string): string {
  return shorten(visible(name), LONGEST_NAME);
}

function left(title: string): GridColumn {
  return { group: '', title, align: 'left' };
}

function right(title: string): GridColumn {
  return { group: '', title, align: 'right' };
}
