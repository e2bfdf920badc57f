/** Durations as people read them: three significant digits and the unit that fits. Tables and prose only; files carry seconds. */
import type { Quantity } from './quantities.ts';

const SECOND = 1e6;

/** Unit, its length in microseconds, and the length from which the next unit reads better. */
const UNITS: readonly (readonly [unit: string, length: number, until: number])[] = [
  ['µs', 1, 1e3],
  ['ms', 1e3, SECOND],
  ['s', SECOND, 1000 * SECOND],
  ['min', 60 * SECOND, 7200 * SECOND],
  ['h', 3600 * SECOND, 1000 * 3600 * SECOND],
  ['d', 86400 * SECOND, Infinity],
];

/** Microseconds as a number of three significant digits with its unit: 2.35 s, 431 ms, 12.5 µs. */
export function duration(micros: number): Quantity {
  const size = Math.abs(micros);
  if (size === 0) return { number: '0', unit: 's' };
  // A value that rounds up to the next unit's range belongs to that unit: 999.6 ms is 1.00 s.
  const [unit, length] = UNITS.find(([, length, until]) => threeDigits(size / length) < until / length)!;
  return { number: plainDigits(micros / length), unit };
}

/** The same in running text, without trailing zeros: 50 ms, 2.35 s. */
export function shortDuration(micros: number): string {
  const { number, unit } = duration(micros);
  return `${number.includes('.') ? number.replace(/\.?0+$/, '') : number} ${unit}`;
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

function plainDigits(value: number): string {
  return Math.abs(threeDigits(value)) >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
}
