/** `sched sweep` for a terminal: a row per cell, the figures of each scheduler beside each other. */
import type { Estimate } from '../../core/students-t.ts';
import type { SweepCell, SweepResult } from '../../experiments/sweep-result.ts';
import { alignPlusMinus, plusMinus, unitFor } from '../runs/plus-minus.ts';
import { plusMinusNote } from '../runs/replicated-header.ts';
import { drawPanels, type PanelColumn } from '../text/panels.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

/** Sweeps, one after the other. Ends in a newline. */
export function sweepTables(sweeps: readonly SweepResult[], page: Page): string {
  return `${sweeps.map((sweep) => sweepTable(sweep, page)).join('\n\n')}\n`;
}

function sweepTable(sweep: SweepResult, page: Page): string {
  const { columns, style } = page;
  const rows = [...new Map(sweep.cells.map((cell) => [cell.cell, cell.set])).entries()];
  const room = Math.max(8, Math.floor(columns / 4));
  const labels = sweep.paths.map((path): PanelColumn => ({
    group: '', title: shorten(visible(shortest(path, sweep.paths)), room), align: 'right', cells: rows.map(([, set]) => shorten(visible(settingText(set[path])), room)),
  }));
  const schedulers = [...new Set(sweep.cells.map(({ scheduler }) => scheduler))];
  const at = new Map(sweep.cells.map((cell) => [`${cell.cell} ${cell.scheduler}`, cell]));
  const figures = sweep.figures.filter(({ path }) => sweep.shown.includes(path));
  const shown = figures.flatMap((figure, position) => schedulers.map((scheduler, index): PanelColumn => ({
    group: visible(figure.path), groupKey: position, title: shorten(visible(scheduler), room), align: 'left', follows: index > 0,
    cells: cellsOf(rows.map(([cell]) => at.get(`${cell} ${scheduler}`)), figure, [...at.values()]),
  })));
  const head = [style.title(shorten(visible(sweep.scenario.name), columns)), style.dim(wrap(factsOf(sweep, rows.length, schedulers.length), columns))].join('\n');
  const notes = sweep.replications.count > 1 ? [plusMinusNote(sweep.replications)] : [`one run each: --replications says how much of it is luck`];
  return [head, ...drawPanels({ labels, columns: shown }, page), notes.map((note) => style.dim(wrap(note, columns, { hang: 2 }))).join('\n')].join('\n\n');
}

/** 4 cells × 5 replications × 2 schedulers · seeds 2023 to 2023/5 */
function factsOf({ replications: { count, seeds }, shard, cellCount }: SweepResult, cells: number, schedulers: number): string {
  const many = (value: number, of: string) => `${value} ${of}${value === 1 ? '' : 's'}`;
  return [
    [shard ? `${cells} of ${many(cellCount, 'cell')}` : many(cells, 'cell'), ...(count > 1 ? [many(count, 'replication')] : []), many(schedulers, 'scheduler')].join(' × '),
    ...(shard ? [`shard ${shard.index}/${shard.of}`] : []),
    count === 1 ? `seed ${visible(seeds[0]!)}` : `seeds ${visible(seeds[0]!)} to ${visible(seeds.at(-1)!)}`,
  ].join(' · ');
}

/** The end of a path, as far as it tells it from the others. */
export function shortest(path: string, paths: readonly string[]): string {
  const names = path.split('.');
  for (let many = 1; many < names.length; many++) {
    const end = names.slice(-many).join('.');
    if (paths.every((other) => other === path || !(`.${other}`).endsWith(`.${end}`))) return end;
  }
  return path;
}

export function settingText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cellsOf(cells: readonly (SweepCell | undefined)[], { path, unit }: SweepResult['figures'][number], all: readonly SweepCell[]): string[] {
  const estimateOf = (cell: SweepCell | undefined): Estimate | null => {
    const found = cell?.metrics[path];
    if (!found || found.mean === null) return null;
    const scale = unit === 'time' ? 1e6 : 1;
    return { mean: found.mean * scale, halfWidth: found.halfWidth === null ? null : found.halfWidth * scale, n: found.n };
  };
  const timeUnit = unitFor(all.map(estimateOf), unit);
  return alignPlusMinus(cells.map((cell) => { const found = estimateOf(cell); return found && plusMinus(found, unit, timeUnit); }));
}
