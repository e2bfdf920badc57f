import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../../src/workload/traces/timestamp.ts';

describe('a timestamp', () => {
  test.each([
    ['2023-11-16 18:15:46.6805900', 1700158546, 680_590_000],
    ['2023-11-16 18:15:46', 1700158546, 0],
    ['2023-11-16T18:15:46,5', 1700158546, 500_000_000],
    ['2024-05-10 00:00:00.009930+00:00', 1715299200, 9_930_000],
    ['2024-10-15T12:00:00.269Z', 1728993600, 269_000_000],
    ['2024-10-15 14:00:00.269 +02:00', 1728993600, 269_000_000],
    ['2024-10-15T06:30:00-0530', 1728993600, 0],
    ['2024-02-29 00:00:00.1234567899', 1709164800, 123_456_789],
  ])('%s', (text, seconds, nanoseconds) => expect(parseTimestamp(text)).toEqual({ seconds, nanoseconds }));

  test.each([
    '', '1700158546', '2023-11-16', '2023-11-16 18:15', '2023-13-01 00:00:00', '2023-00-01 00:00:00', '2023-02-29 00:00:00', '2023-04-31 00:00:00',
    '2023-11-00 00:00:00', '2023-11-16 24:00:00', '2023-11-16 18:60:00', '2023-11-16 18:15:60', '2023-11-16 18:15:46.', '2023-11-16 18:15:46.68x',
    '2023-11-16 18:15:46+24:00', '2023-11-16 18:15:46 PST', ' 2023-11-16 18:15:46',
  ])('%j is none', (text) => expect(parseTimestamp(text)).toBeUndefined());

  test('is what Date reads in UTC, to the millisecond', () =>
    fc.assert(fc.property(fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const { seconds, nanoseconds } = parseTimestamp(date.toISOString())!;
      expect(seconds * 1000 + nanoseconds / 1e6).toBe(date.getTime());
      // Without an offset it is UTC, too.
      expect(parseTimestamp(date.toISOString().replace('Z', ''))).toEqual({ seconds, nanoseconds });
    })));

  test('does not depend on the zone of the machine', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'America/Los_Angeles';
      expect(parseTimestamp('2023-11-05 01:30:00')).toEqual({ seconds: 1699147800, nanoseconds: 0 });
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
