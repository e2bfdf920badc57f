import { grouped } from '../../../src/core/grouped.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, shortDuration } from '../../../src/render/text/durations.ts';
import { alignColumn, percent, written } from '../../../src/render/text/quantities.ts';
import { shorten, visible, width, wrap } from '../../../src/render/text/text.ts';

describe('a duration', () => {
  it.each([
    [0, '0 s'], [12, '12.0 µs'], [12.5, '12.5 µs'], [999.6, '1.00 ms'], [431_000, '431 ms'], [43_068, '43.1 ms'],
    [999_600, '1.00 s'], [2_350_000, '2.35 s'], [999_499_999, '999 s'], [1_000_000_000, '16.7 min'], [3600e6, '1.00 h'], [7200e6, '2.00 h'], [4e12, '46.3 d'],
  ])('of %d µs is %s', (micros, text) => {
    expect(written(duration(micros))).toBe(text);
  });

  it('reads back to within half of its third digit', () => {
    const lengths = { 'µs': 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6, d: 86400e6 } as const;
    fc.assert(fc.property(fc.double({ min: 1, max: 1e14, noNaN: true }), (micros) => {
      const { number, unit } = duration(micros);
      const back = Number(number.replaceAll(',', '')) * lengths[unit as keyof typeof lengths];
      expect(Math.abs(back - micros) / micros).toBeLessThanOrEqual(0.00501);
    }));
  });

  it('in prose has no trailing zeros', () => {
    expect([50_000, 2_350_000, 100_000_000].map(shortDuration)).toEqual(['50 ms', '2.35 s', '100 s']);
  });
});

describe('a share', () => {
  it('is 100 % only when it is all, and 0 % only when it is none', () => {
    expect([1, 0.9999999, 0.5, 1e-9, 0].map((share) => written(percent(share)))).toEqual(['100 %', '>99.9 %', '50.0 %', '<0.1 %', '0 %']);
  });
});

it('thousands are grouped whatever the locale', () => {
  expect([0, 999, 1000, 19366, 1e9].map(grouped)).toEqual(['0', '999', '1,000', '19,366', '1,000,000,000']);
});

it('a column ends its numbers at one edge and starts its units at another', () => {
  expect(alignColumn([duration(2_350_000), duration(431_000), null, duration(74.2e6)])).toEqual(['2.35 s ', ' 431 ms', '   –   ', '74.2 s ']);
});

describe('text', () => {
  it('of people cannot move the cursor, colour, reorder or hide', () => {
    expect(visible('\u001b[31mred\u0007 \u202eabc\u200b\n')).toBe('\\x1b[31mred\\x07 \\u202eabc\\u200b\\n');
    expect(visible('naïve 優先 👍🏽')).toBe('naïve 優先 👍🏽');
    expect(visible('\ud800')).toBe('\\ud800');
  });

  it('never takes more room than it is given', () => {
    const unicode = fc.string({ unit: 'grapheme', maxLength: 60 }).map(visible);
    fc.assert(fc.property(unicode, fc.integer({ min: 4, max: 40 }), (text, columns) => {
      expect(width(shorten(text, columns))).toBeLessThanOrEqual(columns);
      for (const line of wrap(text, columns, { indent: 1, hang: 2 }).split('\n')) expect(width(line)).toBeLessThanOrEqual(columns);
    }));
  });

  it('does not break between a number and its unit, nor before a number or the dash of one that is missing', () => {
    for (let columns = 16; columns < 40; columns++) {
      const text = wrap('mean latency 2.35 s → 431 ms (−81.7 %), then 3 /s, p95 12 s, p99 –', columns);
      expect(text).not.toMatch(/\d\n(s|ms|%|\/s)|(latency|then|p95|p99)\n/);
    }
  });
});
