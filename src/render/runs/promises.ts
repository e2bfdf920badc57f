/** What was promised, and who keeps it: one row a class, one column a run. Terminal and Markdown share the rows, JSON has them as data. */
import type { Report } from '../../jobs/report.ts';
import { type ClassPromise, keeping, type Target } from '../../metrics/promises.ts';
import { shortDuration } from '../text/durations.ts';
import { drawPanels, type PanelColumn } from '../text/panels.ts';
import { alignColumn, percent } from '../text/quantities.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, width } from '../text/text.ts';

export interface PromiseRow {
  readonly class: string;
  /** `99 % within ttft 1 s, tpot 100 ms` */
  readonly promise: string;
  /** One per run. */
  readonly cells: readonly PromiseCell[];
}

export interface PromiseCell {
  /** Null where no request decides a target. */
  readonly attainment: number | null;
  readonly isKept: boolean | null;
  readonly missed: readonly Target[];
  /** Whether no other run has more of the class meet their targets, and some have fewer. */
  readonly isBest: boolean;
}

/** A row per class whose requests have targets; where none has, there are none. */
export function promiseRows({ promises, runs }: Report): PromiseRow[] {
  return promises.flatMap((promise) => {
    const groups = runs.map(({ summary }) => summary.classes[promise.class]!);
    if (groups.every(({ sla }) => sla.attainment === null)) return [];
    const shares = groups.map(({ sla }) => sla.attainment ?? -1);
    const [best, least] = [Math.max(...shares), Math.min(...shares)];
    return [{
      class: promise.class, promise: promiseText(promise),
      cells: groups.map((group) => ({
        attainment: group.sla.attainment, ...keeping(group, promise.attainment),
        isBest: group.sla.attainment === best && best > least,
      })),
    }];
  });
}

function promiseText({ targets, attainment }: ClassPromise): string {
  const limits = (['ttft', 'tpot', 'latency'] as const).flatMap((target) => {
    const limit = targets[target];
    return limit === undefined ? [] : [`${target} ${shortDuration(limit)}`];
  });
  return `${Number((attainment * 100).toPrecision(12))} % ${limits.length === 0 ? 'within the targets of each request' : `within ${limits.join(', ')}`}`;
}

/** `✓`, `✓ best`, `✗ ttft`; empty where there is nothing to keep. */
export function keptText({ isKept, missed, isBest }: PromiseCell): string {
  if (isKept === null) return '';
  const mark = isKept ? '✓' : `✗ ${missed.join(', ')}`;
  return isBest ? `${mark}*` : mark;
}

/** More classes than this are too many to be read before the figures. */
const MOST_ROWS = 8;

/** What the table leaves out: classes whose promise is kept under every run. */
function told(rows: readonly PromiseRow[]): { shown: readonly PromiseRow[]; others: number } {
  if (rows.length <= MOST_ROWS) return { shown: rows, others: 0 };
  const broken = rows.filter(({ cells }) => cells.some(({ isKept }) => isKept === false));
  return { shown: broken, others: rows.length - broken.length };
}

/** The table for a terminal, and what it leaves out; empty where nothing is promised. */
export function promiseTable(report: Report, page: Page): string[] {
  const rows = promiseRows(report);
  if (rows.length === 0) return [];
  const { shown, others } = told(rows);
  const left = others === 0 ? [] : [`${others === rows.length ? `all ${others}` : `${others} other`} classes keep their promises throughout`];
  if (shown.length === 0) return left;
  const best = shown.some(({ cells }) => cells.some(({ isBest }) => isBest)) ? [page.style.dim('* most requests that meet their targets')] : [];
  return [[drawn(report, shown, page), ...left, ...best].join('\n')];
}

function drawn({ runs }: Report, rows: readonly PromiseRow[], page: Page): string {
  const label = (title: string, cells: readonly string[]): PanelColumn => ({ group: '', title, align: 'left', cells });
  const names = label('', rows.map((row) => shorten(visible(row.class), Math.floor(page.columns / 5))));
  const promise = label('promise', rows.map((row) => row.promise));
  const columns = runs.map(({ scheduler }, run): PanelColumn => {
    const marks = rows.map(({ cells }) => keptText(cells[run]!));
    const shares = alignColumn(rows.map(({ cells }) => (cells[run]!.attainment === null ? null : percent(cells[run]!.attainment!))));
    const cells = marks.map((mark, row) => {
      const { isKept } = rows[row]!.cells[run]!;
      const text = `${shares[row]!} ${mark}`.trimEnd();
      return isKept === null ? text : page.style[isKept ? 'better' : 'worse'](text);
    });
    return label(shorten(visible(scheduler), 18), cells);
  });
  // Beside its class where all of it fits on one line, else above.
  const beside = drawPanels({ labels: [names, promise], columns }, page);
  const fits = beside.length === 1 && beside[0]!.split('\n').every((line) => width(line) <= page.columns);
  if (fits) return beside[0]!;
  const above = (row: number) => shorten(`${visible(rows[row]!.class)}: ${rows[row]!.promise}`, page.columns);
  return drawPanels({ labels: [label('', rows.map(() => ' '))], columns, above }, page).join('\n\n');
}
