/**
 * Timestamps as traces write them: `2023-11-16 18:15:46.6805900`, `2024-05-10 00:00:00.009930+00:00`,
 * `2024-10-15T12:00:00.269Z`. One without an offset is taken as UTC, whatever the zone of the machine.
 */

/** What may follow the seconds: a fraction, a zone. */
const REST = /^(?:[.,](\d+))?(?: ?(?:Z|UTC)| ?([+-])(\d\d):?(\d\d))?$/i;

/** Whole seconds since 1970 in UTC, and the rest in whole nanoseconds (digits beyond those are cut off). */
export interface Timestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** Of `2023-11-16 18:15:46`, which every timestamp begins with. */
const SECONDS_END = 19;

/** @returns undefined when the text is not a timestamp, or names a day or a time that does not exist */
export function parseTimestamp(text: string): Timestamp | undefined {
  const seconds = parseSeconds(text);
  if (seconds === undefined) return undefined;
  const fraction = fractionOnly(text);
  if (fraction !== undefined) return { seconds, nanoseconds: fraction };
  const rest = REST.exec(text.slice(SECONDS_END));
  if (!rest) return undefined;
  const offset = rest[2] === undefined ? 0 : offsetSeconds(rest[2], rest[3]!, rest[4]!);
  if (Number.isNaN(offset)) return undefined;
  return { seconds: seconds - offset, nanoseconds: rest[1] === undefined ? 0 : Number(rest[1].slice(0, 9).padEnd(9, '0')) };
}

const ZERO = 0x30;

/** The number of a stretch of digits; NaN where one of them is none. A million timestamps are faster so than by a pattern. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = 10 * value + digit;
  }
  return value;
}

/** Whole seconds since 1970, of a time in UTC. */
function parseSeconds(text: string): number | undefined {
  const between = text[10];
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':' || (between !== ' ' && between !== 'T' && between !== 't')) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, SECONDS_END);
  // What is not a number fails every comparison.
  const dayExists = year >= 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(year, month));
  if (!(dayExists && hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** The nanoseconds of a timestamp that ends with up to nine digits after a point, or with the seconds; undefined: it ends otherwise. */
function fractionOnly(text: string): number | undefined {
  const places = text.length - SECONDS_END - 1;
  if (places < 0) return 0;
  if (places === 0 || places > 9 || text[SECONDS_END] !== '.') return undefined;
  const value = digits(text, SECONDS_END + 1, text.length);
  return Number.isNaN(value) ? undefined : value * 10 ** (9 - places);
}

function offsetSeconds(sign: string, hours: string, minutes: string): number {
  if (Number(hours) > 23 || Number(minutes) > 59) return NaN;
  return (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
}

function daysIn(year: number, month: number): number {
  return (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / 86_400_000;
}
