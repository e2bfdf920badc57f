/** Durations as people read them: three significant digits and the unit that fits. Tables and prose only; files carry seconds. */
import { grouped } from '../../core/grouped.ts';
import type { Quantity } from './quantities.ts';

const SECOND = 1e6;

/** Unit, its length in microseconds, and the length from which the next unit reads better. */
const UNITS: readonly (readonly [unit: string, length: number, until: number])[] = [
  ['µs', 1, 1e3],
  ['ms', 1e3, SECOND],
  ['s', SECOND, 1000 * SECOND],
  ['min', 60 * SECOND, 3600 * SECOND],
  ['h', 3600 * SECOND, 1000 * 3600 * SECOND],
  ['d', 86400 * SECOND, Infinity],
];

/** A unit of time, and its length in microseconds. */
export interface DurationUnit {
  readonly name: string;
  readonly length: number;
}

/** Microseconds as a number of three significant digits with its unit: 2.35 s, 431 ms, 12.5 µs. */
export function duration(micros: number, digits = 3): Quantity {
  return durationIn(micros, unitOf(micros), digits);
}

/** The same in a given unit, which figures that are to be compared share. Zero needs no digits. */
export function durationIn(micros: number, { name, length }: DurationUnit, digits = 3): Quantity {
  return { number: micros === 0 ? '0' : significantDigits(micros / length, digits), unit: name };
}

/** The unit in which a duration reads best. */
function unitOf(micros: number): DurationUnit {
  const size = Math.abs(micros);
  if (size === 0) return { name: 's', length: SECOND };
  // A value that rounds up to the next unit's range belongs to that unit: 999.6 ms is 1.00 s.
  const [name, length] = UNITS.find(([, length, until]) => threeDigits(size / length) < until / length)!;
  return { name, length };
}

/** Figures that are compared are not told in a unit of which one of them is less than this … */
const LEAST_FRACTION = 0.1;

/** … unless another of them would get as long as this in the next smaller unit. */
const TOO_LONG = 1e6;

/** So small a share of a unit cannot be read. */
const UNREADABLE = 1e-3;

/**
 * One unit for figures that stand side by side: that of the greatest, or a smaller one, so that the least can be
 * read too; null where none serves both. A figure of 0 is readable in any.
 */
export function commonUnit(values: readonly number[]): DurationUnit | null {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return unitOf(0);
  const least = sizes.reduce((a, b) => Math.min(a, b));
  const most = sizes.reduce((a, b) => Math.max(a, b));
  let index = UNITS.findIndex(([name]) => name === unitOf(most).name);
  while (index > 0 && least / UNITS[index]![1] < LEAST_FRACTION && most / UNITS[index - 1]![1] < TOO_LONG) index--;
  const [name, length] = UNITS[index]!;
  return least / length < UNREADABLE && index > 0 ? null : { name, length };
}

/** The same in running text, without trailing zeros: 50 ms, 2.35 s. */
export function shortDuration(micros: number): string {
  const { number, unit } = duration(micros);
  return `${number.includes('.') ? number.replace(/\.?0+$/, '') : number} ${unit}`;
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

/** At least so many significant digits, never as a power of ten, and all of a number's whole digits. */
function significantDigits(value: number, digits: number): string {
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  const decimals = Math.min(20, Math.max(0, digits - 1 - exponent));
  return decimals === 0 ? grouped(value) : value.toFixed(decimals);
}
