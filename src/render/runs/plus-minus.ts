/** A mean and how sure it is, as a cell: `6.21 ± 0.17 s`. Two digits of the interval, and the mean as far as they go. */
import type { Estimate } from '../../core/students-t.ts';
import { grouped } from '../../core/grouped.ts';
import type { MetricUnit } from '../../metrics/metric.ts';
import { commonUnit, type DurationUnit } from '../text/durations.ts';
import { MISSING, type Quantity } from '../text/quantities.ts';
import { padEnd, padStart, width } from '../text/text.ts';
import { figure } from './changes.ts';

/** A number, what it may be off by ('' where it is exact, or nobody knows), and its unit. */
export interface PlusMinus extends Quantity {
  readonly spread: string;
}

/** More decimals than this tell nothing. */
const MOST_DECIMALS = 9;

/** One unit for figures that stand together; only times have a choice. */
export function unitFor(estimates: readonly (Estimate | null)[], unit: MetricUnit): DurationUnit | null {
  return unit === 'time' ? commonUnit(estimates.flatMap((each) => (each ? [each.mean] : []))) : null;
}

/** A mean as a cell; without an interval it is written as a single run would be. */
export function plusMinus({ mean, halfWidth }: Estimate, unit: MetricUnit, timeUnit: DurationUnit | null): PlusMinus {
  if (!halfWidth) return { ...figure(mean, unit, { timeUnit }), spread: '' };
  const { scale, name } = scaleOf(mean, unit, timeUnit);
  return { ...rounded(mean / scale, halfWidth / scale), unit: name };
}

/** A difference with its sign; shares differ by percentage points. */
export function signed({ mean, halfWidth }: Estimate, unit: MetricUnit, timeUnit: DurationUnit | null): PlusMinus {
  const size = plusMinus({ mean: Math.abs(mean), halfWidth, n: 0 }, unit, timeUnit);
  return { ...size, number: `${mean < 0 ? '−' : '+'}${size.number}`, unit: unit === 'share' ? 'pp' : size.unit };
}

function scaleOf(mean: number, unit: MetricUnit, timeUnit: DurationUnit | null): { scale: number; name: string } {
  if (unit === 'time') {
    const { length, name } = timeUnit ?? commonUnit([mean])!;
    return { scale: length, name };
  }
  if (unit === 'share') return { scale: 0.01, name: '%' };
  return { scale: 1, name: unit === 'rate' ? '/s' : '' };
}

function rounded(mean: number, halfWidth: number): { number: string; spread: string } {
  const exponent = Math.floor(Math.log10(Number(halfWidth.toPrecision(2))));
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, 1 - exponent));
  const write = (value: number) => (decimals === 0 ? grouped(Math.round(value)) : value.toFixed(decimals));
  return { number: write(mean), spread: write(halfWidth) };
}

/** Cells of a column: numbers end at one edge; among those of one block, units start at another. */
export function alignPlusMinus(cells: readonly (PlusMinus | null)[], blockOf: (index: number) => unknown = () => null): string[] {
  const number = widest(cells, (cell) => cell?.number ?? MISSING);
  const blocks = new Map<unknown, { spread: number; unit: number }>();
  for (const index of cells.keys()) {
    const block = blockOf(index);
    if (blocks.has(block)) continue;
    const own = cells.filter((_, other) => blockOf(other) === block);
    blocks.set(block, { spread: widest(own, (cell) => cell?.spread ?? ''), unit: widest(own, (cell) => cell?.unit ?? '') });
  }
  return cells.map((cell, index) => {
    const { spread, unit } = blocks.get(blockOf(index))!;
    const parts = [padStart(cell?.number ?? MISSING, number)];
    if (spread > 0) parts.push(cell?.spread ? `± ${padEnd(cell.spread, spread)}` : ' '.repeat(spread + 2));
    if (unit > 0) parts.push(padEnd(cell?.unit ?? '', unit));
    return parts.join(' ');
  });
}

function widest(cells: readonly (PlusMinus | null)[], of: (cell: PlusMinus | null) => string): number {
  return Math.max(0, ...cells.map((cell) => width(of(cell))));
}

/** `6.21 ± 0.17 s` in running text. */
export function plusMinusText(cell: PlusMinus | null): string {
  if (!cell) return MISSING;
  return [cell.number, ...(cell.spread ? [`± ${cell.spread}`] : []), ...(cell.unit ? [cell.unit] : [])].join(' ');
}
