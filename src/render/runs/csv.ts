/** Comma-separated values: quoting after RFC 4180, and results as one row per scheduler and group. */
import { comparisons } from './comparisons.ts';
import { METRICS } from '../../metrics/index.ts';
import { readMetric } from '../../metrics/paths.ts';
import { written } from '../../metrics/written.ts';
import { estimateHeading } from './estimate.ts';
import { groupFigures, lengthFigures, runFigures, type Figures } from './figures.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { visible } from '../text/text.ts';

export type CsvValue = string | number | null | undefined;

/** One record with its line end; null and undefined are empty fields. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\n`;
}

/** Words that need no quotes and hide nothing: nearly all, and known by one look. */
const PLAIN = /^[\w.:/@+-]+$/;

export function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (PLAIN.test(value)) return value;
  const text = visible(value);
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Row = readonly (readonly [column: string, value: CsvValue])[];

/**
 * `sched simulate`: a table of every figure of the JSON: `latency.p95` is the column of `latency: { p95 }`, in seconds. `scope`
 * says what `group` names: all, class or tenant. Figures of a whole run stand in its `all` row only.
 */
export function simulateCsv(reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => report.runs.flatMap((run) => rowsOf(report, run)));
  const columns = [...new Set(rows.flatMap((row) => row.map(([column]) => column)))];
  const lines = rows.map((row) => {
    const values = new Map(row);
    return csvRow(columns.map((column) => values.get(column)));
  });
  return csvRow(columns) + lines.join('');
}

/** `sched compare`: a row per figure and scheduler after the first, times in seconds. */
export function compareCsv(reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => comparisons(report).flatMap(({ scheduler, against, changes }) =>
    changes.map(({ metric, before, after, absolute, relative, effect }) =>
      csvRow([report.name, report.file, scheduler, against, metric, before, after, absolute, relative, effect]))));
  return csvRow(['scenario', 'file', 'scheduler', 'against', 'metric', 'before', 'after', 'absolute', 'relative', 'effect']) + rows.join('');
}

function rowsOf(report: Report, run: Run): Row[] {
  const { summary } = run;
  const estimate = estimateHeading(report.engine.estimated);
  const row = (scope: string, name: string, figures: Figures, more: Row): Row => [
    ['scenario', report.name], ['file', report.file], ['seed', report.seed],
    ['scheduler', run.scheduler], ['policy', run.policy], ['scope', scope], ['group', name],
    ...flatten(figures), ...more, ...(estimate === undefined ? [] : [['estimate', estimate] as const]),
  ];
  const named = (scope: string, names: readonly string[], groups: typeof summary.classes, more: (name: string) => Row) =>
    names.filter((name) => Object.hasOwn(groups, name)).map((name) => row(scope, name, groupFigures(groups[name]!), more(name)));
  return [
    row('all', 'all', groupFigures(summary.all), [
      ...flatten(lengthFigures(summary)), ...flatten(runFigures(summary, ({ keyedBy }) => keyedBy === undefined)), ['sameScheduleAs', run.sameScheduleAs],
    ]),
    ...named('class', report.classes, summary.classes, (name) => perClass(summary, name)),
    ...named('tenant', report.tenants, summary.tenants, () => []),
  ];
}

/** Figures of the run that it has one of for each class: in the rows of the classes, where the user's names are no columns. */
function perClass(summary: Run['summary'], name: string): Row {
  return METRICS.filter((metric) => 'keyedBy' in metric && metric.keyedBy === 'class').map((metric) =>
    [metric.name.split('.').at(-1)!, written(readMetric(summary, 'run', metric.name, name) ?? null, metric.unit)]);
}

function flatten(figures: Figures, prefix = ''): [string, CsvValue][] {
  return Object.entries(figures).flatMap(([key, value]): [string, CsvValue][] =>
    value !== null && typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]]);
}
