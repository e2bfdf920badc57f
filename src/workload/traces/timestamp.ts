/**
 * Timestamps as traces write them: `2023-11-16 18:15:46.6805900`, `2024-05-10 00:00:00.009930+00:00`,
 * `2024-10-15T12:00:00.269Z`. One without an offset is taken as UTC, whatever the zone of the machine.
 */

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?: ?(Z|UTC)| ?([+-])(\d\d):?(\d\d))?$/i;

/** Whole seconds since 1970 in UTC, and the rest in whole nanoseconds (digits beyond those are cut off). */
export interface Timestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** @returns undefined when the text is not a timestamp, or names a day or a time that does not exist */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6]);
  const dayExists = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(year, month));
  if (!dayExists || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = match[9] === undefined ? 0 : offsetSeconds(match[9], match[10]!, match[11]!);
  if (Number.isNaN(offset)) return undefined;
  return {
    seconds: Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - offset,
    nanoseconds: match[7] === undefined ? 0 : Number(match[7].slice(0, 9).padEnd(9, '0')),
  };
}

function offsetSeconds(sign: string, hours: string, minutes: string): number {
  if (Number(hours) > 23 || Number(minutes) > 59) return NaN;
  return (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
}

function daysIn(year: number, month: number): number {
  return (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / 86_400_000;
}
