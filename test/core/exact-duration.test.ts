/** Durations are written so that they read back as just the number that they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactDuration } from '../../src/core/exact-duration.ts';
import { parseMicros } from '../../src/core/time.ts';

describe('a duration', () => {
  it('reads back as the same number', () => {
    fc.assert(fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (micros) => {
      expect(parseMicros(exactDuration(micros))).toBe(micros);
    }));
    expect([0, 0.094756, 12.595, 13090, 1e-7].map(exactDuration)).toEqual(['0us', '94.756ns', '12.595us', '13.09ms', '0.0001ns']);
  });
});
