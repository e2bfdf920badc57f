/** `sched compare --replications` for a terminal: policies side by side, each figure with its interval, each change with its own. */
import type { Estimate } from '../../core/students-t.ts';
import type { ReplicatedReport } from '../../jobs/replicated-report.ts';
import type { DurationUnit } from '../text/durations.ts';
import { drawPanels, type PanelColumn } from '../text/panels.ts';
import type { Page, Paint } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { alignPlusMinus, plusMinus, type PlusMinus, signed, unitFor } from './plus-minus.ts';
import { marksNote, plusMinusNote, replicatedHeader, replicatedNotes } from './replicated-header.ts';
import { type Mark, type MarkedChange, type ReplicatedRow, replicatedRows } from './replicated-rows.ts';

export const SIGNS: Readonly<Record<Mark, string>> = { more: '▲', less: '▼', same: '=', unclear: '≈' };

/** From this width on the metric has a column of its own, else a line above its classes. */
const WIDE = 72;

/** Comparisons of all scenarios, each with what needs saying about it. Ends in a newline. */
export function replicatedCompareTables(reports: readonly ReplicatedReport[], page: Page): string {
  return `${reports.map((report) => comparison(report, page)).join('\n\n')}\n`;
}

function comparison(report: ReplicatedReport, page: Page): string {
  const rows = replicatedRows(report);
  const room = Math.max(8, Math.floor(page.columns / 5));
  const names = report.runs.map(({ scheduler }) => shorten(visible(scheduler), Math.max(room, 18)));
  const wide = page.columns >= WIDE;
  const startsBlock = (row: number) => rows[row - 1]?.title !== rows[row]!.title;
  const label = (cells: readonly string[]): PanelColumn => ({ group: '', title: '', align: 'left', cells });
  const labels = [
    ...(wide ? [label(rows.map(({ title }, row) => (startsBlock(row) ? title : '')))] : []),
    label(rows.map(({ group }) => shorten(visible(group), room))),
  ];
  const columns = report.runs.flatMap((_, run): PanelColumn[] => [
    { group: '', title: names[run]!, align: 'left', cells: valueCells(rows, run) },
    ...(run === 0 ? [] : [{ group: '', title: wide ? 'change' : `change, ${names[run]!}`, align: 'left' as const, cells: changeCells(rows, run, page), follows: true }]),
  ]);
  const above = (row: number): string | undefined => {
    if (!startsBlock(row)) return undefined;
    if (!wide) return shorten(rows[row]!.title, page.columns);
    return row > 0 && (rows[row]!.group !== '' || rows[row - 1]!.group !== '') ? '' : undefined;
  };
  const panels = drawPanels({ labels, columns, above }, page);
  const notes = [plusMinusNote(report.replications), ...(report.runs.length > 1 ? [marksNote(rows)] : []), ...replicatedNotes(report)];
  return [
    replicatedHeader(report, page.columns, page.style), ...panels,
    notes.map((note) => page.style.dim(wrap(note, page.columns, { hang: 2 }))).join('\n'),
  ].join('\n\n');
}

/** The cells of one run; those of one metric share a unit, over all runs. */
function valueCells(rows: readonly ReplicatedRow[], run: number): string[] {
  return alignPlusMinus(rows.map((row) => estimateCell(row.values[run]!, row, unitOf(rows, row))), (row) => rows[row]!.title);
}

function estimateCell(value: Estimate | null, { path }: ReplicatedRow, unit: DurationUnit | null): PlusMinus | null {
  return value && plusMinus(value, path.metric.unit, unit);
}

function changeCells(rows: readonly ReplicatedRow[], run: number, { style }: Page): string[] {
  const changes = rows.map((row) => row.changes[run - 1]!);
  const amounts = alignPlusMinus(rows.map((row, index) => changeCell(changes[index]!, row, unitOf(rows, row))), (row) => rows[row]!.title);
  return rows.map(({ group, path: { metric } }, index) => {
    const change = changes[index];
    const sign = change ? SIGNS[change.mark] : ' ';
    return paintOf(change, group === '' ? 'neither' : metric.better, style)(`${sign} ${amounts[index]!}`.trimEnd());
  });
}

const NOTHING: PlusMinus = { number: '', spread: '', unit: '' };

/** What did not change needs no figure. */
export function changeCell(change: MarkedChange | null, { path }: ReplicatedRow, unit: DurationUnit | null): PlusMinus {
  return change === null || change.mark === 'same' ? NOTHING : signed(change, path.metric.unit, unit);
}

function paintOf(change: MarkedChange | null | undefined, better: 'lower' | 'higher' | 'neither', style: Page['style']): Paint {
  if (!change || change.mark === 'same' || change.mark === 'unclear' || better === 'neither') return style.dim;
  return (change.mark === 'less') === (better === 'lower') ? style.better : style.worse;
}

export function unitOf(rows: readonly ReplicatedRow[], { title, path }: ReplicatedRow): DurationUnit | null {
  return unitFor(rows.filter((row) => row.title === title).flatMap(({ values }) => values), path.metric.unit);
}
