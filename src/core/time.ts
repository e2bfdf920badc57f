/**
 * Virtual time: whole microseconds in a JS number (exact up to 285 years).
 *
 * Users write durations as a number with a unit (`50ms`, `1.5s`); they are read exactly, as a decimal
 * fraction, and rounded once.
 */

/** A time or a duration in whole microseconds. */
export type Micros = number;

const NANOS_PER_UNIT = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 } as const;

/** The letter that u stands in for: the micro sign, and the Greek letter that keyboards and Unicode normalisation make of it. */
const MU = /[\u00b5\u03bc]/;

const DURATION = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?\s*(ns|us|\u00b5s|\u03bcs|ms|s|m|h)$/i;

/** The latest time that is still an exact whole number of microseconds. */
export const MAX_MICROS: Micros = Number.MAX_SAFE_INTEGER;

/**
 * Reads a duration such as `250us`, `50ms`, `1.5s`, `2m`, `1h` as (fractional) microseconds, with one
 * rounding from the exact decimal value to the nearest double.
 *
 * @returns NaN when the text is not a number with a unit.
 */
export function parseMicros(text: string): number {
  const match = DURATION.exec(text.trim());
  if (!match) return NaN;
  const [, sign, whole, fraction = '', exponent = '0', unit] = match;
  const nanos = NANOS_PER_UNIT[unit!.toLowerCase().replace(MU, 'u') as keyof typeof NANOS_PER_UNIT];
  // Decimal digits x nanoseconds per unit stay integers; dividing by 10^n then rounds once.
  const scale = fraction.length - Number(exponent) + 3;
  const digits = BigInt(whole! + fraction) * BigInt(nanos);
  const value = Number(`${digits}e${-scale}`);
  return sign === '-' ? -value : value;
}

/** Microseconds as seconds with up to six decimals: what files carry. Non-finite values become null. */
export function toSeconds(micros: number): number | null {
  return Number.isFinite(micros) ? Math.round(micros) / 1e6 : null;
}
