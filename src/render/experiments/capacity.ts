/** `sched capacity` for a terminal: per scheduler the load that keeps every promise, the one that breaks one, and which. */
import type { CapacityReport, CapacityRow } from '../../jobs/capacity.ts';
import { shortDuration } from '../text/durations.ts';
import { drawPanels } from '../text/panels.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

/** Capacities of all scenarios. Ends in a newline. */
export function capacityTables(reports: readonly CapacityReport[], page: Page): string {
  return `${reports.map((report) => capacityTable(report, page)).join('\n\n')}\n`;
}

function capacityTable(report: CapacityReport, page: Page): string {
  const { rows } = report;
  const { columns, style } = page;
  const rate = rateOf(report);
  const room = Math.max(8, Math.floor(columns / 3));
  const left = (title: string, cells: readonly string[]) => ({ group: '', title, align: 'left' as const, cells });
  const right = (title: string, cells: readonly string[]) => ({ group: '', title, align: 'right' as const, cells });
  const table = drawPanels({
    labels: [left('', rows.map(({ scheduler }) => shorten(visible(scheduler), room)))],
    columns: [
      right('keeps all', rows.map(({ keeps }) => (keeps === null ? '–' : rateText(keeps * rate, 'down')))),
      right('breaks by', rows.map(({ breaks }) => (breaks === null ? '–' : rateText(breaks * rate, 'up')))),
      left('first to break', rows.map(({ firstToBreak }) => shorten(firstToBreak.map(visible).join(', '), room))),
      right('runs', rows.map(({ runs }) => String(runs))),
    ],
  }, page);
  const head = [style.title(shorten(visible(report.name), columns)), style.dim(wrap('how much load keeps every promise, in requests per second', columns))].join('\n');
  const said = [todayText(report), ...rows.flatMap((row) => remarks(row, report))].map((text) => wrap(text, columns, { hang: 2 }));
  return [head, ...table, said.join('\n'), notesOf(report).map((note) => style.dim(wrap(note, columns, { hang: 2 }))).join('\n')].join('\n\n');
}

/** Requests per second at a load of 1. */
export function rateOf({ window: { requests, span } }: CapacityReport): number {
  return span > 0 ? requests / (span / 1e6) : 0;
}

/** Three digits, rounded to the safe side: what keeps is no more than that, what breaks no less. */
function rateText(value: number, to: 'down' | 'up'): string {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  const whole = value / unit;
  const rounded = (to === 'down' ? Math.floor(whole + 1e-9) : Math.ceil(whole - 1e-9)) * unit;
  return rounded >= 1000 ? String(Math.round(rounded)) : rounded.toPrecision(4);
}

/** Today's load beside what each scheduler can take. */
function todayText(report: CapacityReport): string {
  const rate = rateOf(report);
  const parts = report.rows.map(({ scheduler, keeps, breaks, firstToBreak }) => {
    const name = visible(scheduler);
    if (breaks !== null && breaks <= 1) return `${name} breaks ${firstToBreak.map(visible).join(', ')}`;
    if (keeps !== null && keeps >= 1) return `${name} keeps all, with ${spare(keeps)} to spare`;
    return `${name} is not decided`;
  });
  return `Today it is ${rate.toPrecision(3)} a second: ${parts.join('; ')}.`;
}

function spare(keeps: number): string {
  const percent = Math.floor((keeps - 1) * 100 + 1e-9);
  return percent > 200 ? `${Math.floor(keeps)} times that` : `${percent} %`;
}

function remarks({ scheduler, keeps, breaks, holdsAgain }: CapacityRow, report: CapacityReport): string[] {
  const { scanned: { from, to } } = report;
  const rate = rateOf(report);
  const name = visible(scheduler);
  const at = (load: number) => `${(load * rate).toPrecision(3)} a second`;
  return [
    ...(keeps === null && breaks !== null ? [`${name}: no load keeps every promise, down to ${at(from)}.`] : []),
    ...(keeps === null && breaks === null ? [`${name}: nothing was decided, at any load.`] : []),
    ...(keeps !== null && breaks === null ? [`${name}: nothing breaks up to ${at(to)}, as far as was looked.`] : []),
    ...(holdsAgain !== null ? [`${name}: at ${at(holdsAgain)}, above what breaks, every promise holds again.`] : []),
  ];
}

function notesOf({ promises, looks: { from, most }, confidence, within, window: { span } }: CapacityReport): string[] {
  const tight = `${Number((within * 100).toPrecision(3))} %`;
  return [
    `promises: ${promises.map(visible).join('; ')}`,
    `between the two loads of a row ${most} replications do not decide, or they are within ${tight}; each load is run ${from === most ? most : `${from} to ${most}`} times, ${confidence * 100} % confidence`,
    `${shortDuration(span)} of arrivals today; a longer window may break sooner`,
  ];
}
