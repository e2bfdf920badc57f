/**
 * When something happened, as files write it: a number of seconds, milliseconds, microseconds or nanoseconds (since
 * whatever instant), or a date. Digits are read as they are, so that no time is rounded through a double on the way.
 */
import { parseTimestamp } from './timestamp.ts';

/** Of a bare number; `time`: dates. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'time';

export const TIME_UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns', 'time'];

/** Decimal places between a unit and the second. */
export const PLACES: Readonly<Record<Exclude<TimeUnit, 'time'>, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

/** Digits of a second that are kept: nanoseconds. What is beyond them is cut off. */
const NANO_PLACES = 9;

/** Seconds with more digits are not exact in a double, nor any time of anybody. */
const MOST_SECOND_DIGITS = 15;

/** Holds the last instant that was read: one object for all rows of a file. */
export class Instant {
  seconds = 0;
  nanoseconds = 0;

  /** @returns whether the value is an instant; then it is held */
  read(value: unknown, unit: TimeUnit): boolean {
    if (unit === 'time') return this.#readDate(value);
    if (typeof value === 'string') return this.#readDigits(value, PLACES[unit]) || this.#readPadded(value, PLACES[unit]);
    return typeof value === 'number' && this.#readDigits(plainText(value), PLACES[unit]);
  }

  #readDate(value: unknown): boolean {
    const timestamp = typeof value === 'string' ? parseTimestamp(value.trim()) : undefined;
    if (timestamp === undefined) return false;
    this.seconds = timestamp.seconds;
    this.nanoseconds = timestamp.nanoseconds;
    return true;
  }

  #readPadded(text: string, places: number): boolean {
    const trimmed = text.trim();
    if (/e/i.test(trimmed) && Number.isFinite(Number(trimmed))) return this.#readDigits(plainText(Number(trimmed)), places);
    return trimmed.length < text.length && this.#readDigits(trimmed, places);
  }

  /** `12.5` with the point moved to where seconds end: digits before it are seconds, the nine after it nanoseconds. */
  #readDigits(text: string, places: number): boolean {
    const dot = text.indexOf('.');
    const whole = dot < 0 ? text.length : dot;
    if (whole === 0 || whole - places > MOST_SECOND_DIGITS || dot === text.length - 1) return false;
    let seconds = 0;
    let nanoseconds = 0;
    let kept = 0;
    for (let at = 0; at < text.length; at++) {
      if (at === dot) continue;
      const digit = text.charCodeAt(at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) return false;
      if (at < whole - places) seconds = 10 * seconds + digit;
      else if (at < whole) nanoseconds = 10 * nanoseconds + digit;
      else if (places + kept < NANO_PLACES) {
        nanoseconds = 10 * nanoseconds + digit;
        kept++;
      }
    }
    this.seconds = seconds;
    this.nanoseconds = nanoseconds * TENS[NANO_PLACES - places - kept]!;
    return true;
  }
}

const TENS = Array.from({ length: NANO_PLACES + 1 }, (_, power) => 10 ** power);

/** The shortest decimal number that is this double, without an exponent. */
function plainText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(12) : BigInt(Number.isInteger(value) ? value : 0).toString();
}
