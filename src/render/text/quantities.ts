/** Numbers with units as table cells: how each kind of metric is written, and how a column of them lines up. */
import { grouped } from '../../core/grouped.ts';
import { padEnd, padStart, width } from './text.ts';

/** A written number and its unit, kept apart so that a column can align both. */
export interface Quantity {
  readonly number: string;
  readonly unit: string;
}

/** What a cell shows where a value is not defined: no sample, too few of them, no target. */
export const MISSING = '–';

/** 19,366 */
export function count(value: number): Quantity {
  return { number: grouped(value), unit: '' };
}

/**
 * A share as a percentage with one decimal. 100 % and 0 % are kept for exactly all and exactly none: an
 * attainment with a single miss in a million must not read as kept.
 */
export function percent(share: number): Quantity {
  return { number: percentDigits(share), unit: '%' };
}

function percentDigits(share: number): string {
  if (share === 0 || share === 1) return String(share * 100);
  const digits = (share * 100).toFixed(1);
  if (digits === '100.0') return '>99.9';
  if (digits === '0.0') return '<0.1';
  return digits;
}

/** Per second, to so many significant digits. */
export function rate(perSecond: number, digits = 3): Quantity {
  return { number: significant(perSecond, digits), unit: '/s' };
}

/** A pure number, to so many significant digits. */
export function ratio(value: number, digits = 3): Quantity {
  return { number: significant(value, digits), unit: '' };
}

function significant(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0) return '0';
  if (Math.abs(rounded) >= 10 ** (digits - 1) && Math.abs(rounded) < 1e7) return grouped(value);
  return Math.abs(rounded) < 0.001 || Math.abs(rounded) >= 1e7 ? rounded.toExponential(digits - 1) : value.toPrecision(digits);
}

/** `2.35 s`, or the sign for what is not defined. */
export function written(quantity: Quantity | null): string {
  if (!quantity) return MISSING;
  return quantity.unit === '' ? quantity.number : `${quantity.number} ${quantity.unit}`;
}

/** Writes a column: numbers end at one edge, units start at another. */
export function alignColumn(cells: readonly (Quantity | null)[]): string[] {
  const numberWidth = Math.max(...cells.map((cell) => width(cell?.number ?? MISSING)));
  const unitWidth = Math.max(...cells.map((cell) => width(cell?.unit ?? '')));
  return cells.map((cell) => {
    const number = padStart(cell?.number ?? MISSING, numberWidth);
    return unitWidth === 0 ? number : `${number} ${padEnd(cell?.unit ?? '', unitWidth)}`;
  });
}
