/** Lengths as two histograms that share their ranges. */
import { grouped } from '../../core/grouped.ts';
import type { LengthFigures } from '../../workload/describe.ts';
import { barOf } from '../text/bars.ts';
import { drawGrid, type GridSpacing } from '../text/grid.ts';
import { alignColumn, percent } from '../text/quantities.ts';
import type { Page } from '../text/style.ts';
import { padEnd } from '../text/text.ts';

const SPACING: GridSpacing = { indent: 2, gap: 1, groupGap: 3 };
const MOST_BAR = 24;
const LEAST_BAR = 4;
/** Columns that ranges and shares take, for lengths of seven digits. */
const WITHOUT_BARS = 46;

/** Shares of the requests by length, prompts and outputs; null without requests. */
export function histograms(prompt: LengthFigures, output: LengthFigures, { columns, style }: Page): string | null {
  const ranges = rangesOf(prompt, output);
  if (ranges.length === 0) return null;
  const free = Math.min(MOST_BAR, Math.floor((columns - WITHOUT_BARS) / 2));
  const room = free < LEAST_BAR ? 0 : free;
  const cells = [prompt, output].map(({ histogram }) => {
    const total = histogram.reduce((sum, { requests }) => sum + requests, 0);
    const shares = ranges.map(({ from }) => (histogram.find((range) => range.from === from)?.requests ?? 0) / total);
    const most = Math.max(...shares);
    const written = alignColumn(shares.map((share) => (share === 0 ? null : percent(share))));
    return shares.map((share, row) => [share === 0 ? '' : written[row]!, room === 0 ? '' : padEnd(barOf(share / most, room), room)] as const);
  });
  return drawGrid(
    [
      { group: '', title: 'tokens', align: 'right' },
      { group: 'prompts', title: '', align: 'right' }, { group: 'prompts', title: '', align: 'left' },
      { group: 'outputs', title: '', align: 'right' }, { group: 'outputs', title: '', align: 'left' },
    ],
    ranges.map(({ from, to }, row) => [from === to ? grouped(from) : `${grouped(from)}–${grouped(to)}`, ...cells[0]![row]!, ...cells[1]![row]!]),
    SPACING, style.dim,
  );
}

/** All ranges that one of them has. */
function rangesOf(...figures: readonly LengthFigures[]): { from: number; to: number }[] {
  const byStart = new Map(figures.flatMap(({ histogram }) => histogram.map(({ from, to }) => [from, { from, to }] as const)));
  return [...byStart.values()].sort((a, b) => a.from - b.from);
}
