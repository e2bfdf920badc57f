/** Who keeps which promise, as a Markdown table. */
import type { Report } from '../../jobs/report.ts';
import { gfmTable, markdownText } from '../text/gfm.ts';
import { MISSING, percent, written } from '../text/quantities.ts';
import { keptText, promiseRows } from './promises.ts';

/** One table, or nothing where nothing is promised. */
export function promisesMarkdown(report: Report): string[] {
  const rows = promiseRows(report);
  if (rows.length === 0) return [];
  const columns = ['class', 'promise', ...report.runs.map(({ scheduler }) => markdownText(scheduler))].map((title) => ({ title, align: 'left' as const }));
  return [gfmTable(columns, rows.map((row) => [
    markdownText(row.class), row.promise,
    ...row.cells.map((cell) => (cell.attainment === null ? MISSING : markdownText(`${written(percent(cell.attainment))} ${keptText(cell)}`.trimEnd()))),
  ]))];
}
