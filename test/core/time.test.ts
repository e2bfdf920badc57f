/** Durations are read exactly and rounded once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { coefficient, duration, DURATION_PATTERN, positiveDuration, share } from '../../src/core/options.ts';
import { parseMicros, toSeconds } from '../../src/core/time.ts';

describe('parseMicros', () => {
  it.each([
    // The micro sign, and the Greek letter that keyboards and normalisation make of it, small and capital.
    ['250us', 250], ['250\u00b5s', 250], ['250\u03bcs', 250], ['250\u039cS', 250], ['250US', 250], ['50ms', 50_000], ['1.5s', 1_500_000], ['2m', 120e6], ['1h', 3600e6], ['90ns', 0.09],
    ['0.1s', 100_000], ['0.3ms', 300], ['1e3us', 1000], ['2.5e-3s', 2500], ['-2s', -2e6], [' 7 ms ', 7000], ['0s', 0],
    // 0.1 + 0.2 is not 0.3 in binary; the text is.
    ['0.0000003s', 0.3], ['1.000001s', 1_000_001],
  ])('%s', (text, micros) => {
    expect(parseMicros(text)).toBe(micros);
  });

  it.each(['', '5', 's', '1..5s', '5 parsecs', '1,5s', '0x10ms', '1e9999s', 'NaNs', '5ms5'])('%j is not a duration', (text) => {
    expect(parseMicros(text)).toBeNaN();
  });

  it('is exact for every whole number of microseconds, in any unit', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 52 }), fc.constantFrom(0, 3, 6), (micros, shift) => {
      const digits = String(micros).padStart(shift + 1, '0');
      const text = shift === 0 ? digits : `${digits.slice(0, -shift)}.${digits.slice(-shift)}`;
      expect(parseMicros(text + { 0: 'us', 3: 'ms', 6: 's' }[shift])).toBe(micros);
    }));
  });
});

describe('duration schemas', () => {
  const accepts = (schema: v.GenericSchema<unknown, unknown>, text: unknown): unknown => {
    const result = v.safeParse(schema, text);
    return result.success ? result.output : result.issues[0].message;
  };

  it('round once, to whole microseconds', () => {
    expect(accepts(duration('d'), '1500ns')).toBe(2);
    expect(accepts(duration('d'), '0s')).toBe(0);
    expect(accepts(coefficient('d'), '1500ns')).toBe(1.5);
  });

  it('refuse a positive duration that would round to nothing, and one too long to be exact', () => {
    expect(accepts(duration('d'), '400ns')).toMatch(/rounds to 0/);
    expect(accepts(duration('d'), '9e12s')).toMatch(/285 years/);
    expect(accepts(positiveDuration('d'), '0s')).toMatch(/longer than 0/);
  });

  it('take every text that looks like a duration: the unit table has all units of the pattern', () => {
    const units = /\((ns.*?)\)\$/.exec(DURATION_PATTERN.source)![1]!.split('|');
    for (const unit of units.flatMap((each) => [each, each.toUpperCase(), each.normalize('NFKC')])) {
      expect(DURATION_PATTERN.test(`7${unit}`), unit).toBe(true);
      expect(parseMicros(`7${unit}`), unit).toBeGreaterThan(0);
    }
  });

  it('take a bare 0, which is the same in every unit, where nothing is no fault', () => {
    expect(accepts(duration('d'), 0)).toBe(0);
    expect(accepts(coefficient('d'), 0)).toBe(0);
    expect(accepts(positiveDuration('d'), 0)).toMatch(/longer than 0/);
    expect(accepts(duration('d'), 5)).toMatch(/has no unit/);
  });

  it('ask for a unit', () => {
    expect(accepts(duration('d'), '50')).toMatch(/has no unit/);
    expect(v.safeParse(duration('d'), 50).success).toBe(false);
  });
});

describe('toSeconds', () => {
  it('has six decimals and no value for what is not finite', () => {
    expect(toSeconds(1_867_969)).toBe(1.867969);
    expect(toSeconds(0.4)).toBe(0);
    expect(toSeconds(NaN)).toBeNull();
  });
});

describe('shares', () => {
  it('are numbers or percentages, read exactly', () => {
    expect(['30%', '0.1 %', '100%', 0.3].map((text) => v.parse(share('s'), text))).toEqual([0.3, 0.001, 1, 0.3]);
    for (const wrong of ['130%', 1.3, '-5%', '30', '%', 'x']) expect(v.safeParse(share('s'), wrong).success, String(wrong)).toBe(false);
  });
});
