/** `sched tune` for a terminal: what keeps every promise at the least, what it was judged by, and what the others pay. */
import type { TuneResult, Tried } from '../../jobs/tune.ts';
import { alignPlusMinus, plusMinus, plusMinusText, signed, unitFor } from '../runs/plus-minus.ts';
import { plusMinusNote } from '../runs/replicated-header.ts';
import { drawPanels, type PanelColumn } from '../text/panels.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { settingText, shortest } from './sweep-table.ts';

/** More that are not told apart are only counted. */
const MOST_SHOWN = 10;

/** Results, one after the other. Ends in a newline. */
export function tuneTables(results: readonly TuneResult[], page: Page): string {
  return `${results.map((result) => tuneTable(result, page)).join('\n\n')}\n`;
}

function tuneTable(result: TuneResult, page: Page): string {
  const { columns, style } = page;
  const head = [style.title(shorten(visible(result.name), columns)), style.dim(wrap(factsOf(result), columns))].join('\n');
  const notes = [plusMinusNote(result), `promises: ${result.promises.map(visible).join('; ')}`];
  return [
    head, ...(result.left.length > 0 ? [] : ['Nothing keeps every promise.']), ...drawPanels(rowsOf(result, columns), page),
    wrapped(verdictOf(result), columns), wrapped(notes, columns, style.dim),
  ].filter((part) => part !== '').join('\n\n');
}

function wrapped(lines: readonly string[], columns: number, paint = (text: string) => text): string {
  return lines.map((line) => paint(wrap(line, columns, { hang: 2 }))).join('\n');
}

function factsOf({ cells, candidates, broken, left, runs, figure: { path, least } }: TuneResult): string {
  return `${cells} cells, ${candidates} candidates: ${broken} break a promise, ${left.length} left; ${runs} runs; ${least ? 'least' : 'most'} ${path}`;
}

function rowsOf({ left, today, paths, figure }: TuneResult, columns: number) {
  const room = Math.max(8, Math.floor(columns / 4));
  const rows: readonly (readonly [string, Tried])[] = [...left.slice(0, MOST_SHOWN).map((each, index) => [index === 0 ? 'best' : '', each] as const), ...today.map((each, index) => [index === 0 ? 'today' : '', each] as const)];
  const unit = unitFor(rows.map(([, each]) => each.figure), figure.unit);
  const column = (title: string, cells: readonly string[]): PanelColumn => ({ group: '', title: shorten(visible(title), room), align: 'left', cells });
  return {
    labels: [column('', rows.map(([label]) => label)), column('scheduler', rows.map(([, { scheduler }]) => shorten(visible(scheduler), room)))],
    columns: [
      ...paths.map((path) => ({ ...column(shortest(path, paths), rows.map(([, { set }]) => (Object.hasOwn(set, path) ? shorten(visible(settingText(set[path])), room) : '·'))), align: 'right' as const })),
      column(figure.path, alignPlusMinus(rows.map(([, each]) => each.figure && plusMinus(each.figure, figure.unit, unit)))),
      column('promises', rows.map(([, { decision }]) => decision)),
      { ...column('runs', rows.map(([, { replications }]) => String(replications))), align: 'right' as const },
    ],
  };
}

function verdictOf({ left, judgedAgain, changes, today }: TuneResult): string[] {
  if (!judgedAgain) return [];
  const { decision, replications, seeds } = judgedAgain;
  const others = left.length - 1;
  const pays = changes.flatMap(({ path, unit, change }) => (change.mean === 0 ? [] : [`${visible(path)} ${plusMinusText(signed(change, unit, unitFor([{ ...change, mean: Math.abs(change.mean) }], unit)))}`]));
  return [
    `On ${replications} other seeds (${visible(seeds[0]!)} to ${visible(seeds.at(-1)!)}) the best ${decision === 'holds' ? 'keeps every promise again' : decision === 'broken' ? 'breaks a promise: it was chosen by luck' : 'is not decided'}.`,
    ...(others === 0 ? [] : [`${others} ${others === 1 ? 'other is' : 'others are'} not ruled out${others >= MOST_SHOWN ? `, of which ${MOST_SHOWN - 1} are shown` : ''}: more --max-replications may tell.`]),
    ...(pays.length === 0 ? [] : [`Against ${visible(today[0]!.scheduler)} of today: ${pays.join('; ')}.`]),
  ];
}
