/** Comma-separated values: quoting after RFC 4180, and results as one row per scheduler and group. */
import { comparisons } from './comparisons.ts';
import { groupFigures, lengthFigures, plain, runFigures, type Figures } from './figures.ts';
import type { Report, RunReport } from './report.ts';
import { visible } from '../text/text.ts';

export type CsvValue = string | number | null | undefined;

/** One record with its line end; null and undefined are empty fields. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\n`;
}

function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
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

function rowsOf(report: Report, run: RunReport): Row[] {
  const { summary } = run;
  const row = (scope: string, name: string, figures: Figures, more: Row): Row => [
    ['scenario', report.name], ['file', report.file], ['seed', report.seed],
    ['scheduler', run.scheduler], ['policy', run.policy], ['scope', scope], ['group', name],
    ...flatten(figures), ...more,
  ];
  const named = (scope: string, names: readonly string[], groups: typeof summary.classes, more: (name: string) => Row) =>
    names.filter((name) => Object.hasOwn(groups, name)).map((name) => row(scope, name, groupFigures(groups[name]!), more(name)));
  const { contendedShare, fairShare } = summary.fairness;
  return [
    row('all', 'all', groupFigures(summary.all), [...flatten(lengthFigures(summary)), ...wholeRun(summary), ['sameScheduleAs', run.sameScheduleAs]]),
    ...named('class', report.classes, summary.classes, (name) => [
      ['contendedShare', plain(contendedShare[name] ?? null)], ['fairShare', plain(fairShare[name] ?? null)],
    ]),
    ...named('tenant', report.tenants, summary.tenants, () => []),
  ];
}

/** Figures of the run without those that are per class or per reason, which would make columns of the user's names. */
function wholeRun(summary: RunReport['summary']): Row {
  const { fairness, engine } = runFigures(summary) as { fairness: Figures; engine: Figures };
  const { jain, jainTenants, maxServiceDifference } = fairness;
  return flatten({ fairness: { jain: jain!, jainTenants: jainTenants!, maxServiceDifference: maxServiceDifference! }, engine });
}

function flatten(figures: Figures, prefix = ''): [string, CsvValue][] {
  return Object.entries(figures).flatMap(([key, value]): [string, CsvValue][] =>
    value !== null && typeof value === 'object' ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]]);
}
