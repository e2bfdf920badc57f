import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, add, compareDecimals, decimalOf, decimalText, multiply, parseDecimal, subtract, toNumber } from '../../src/core/decimal.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const micros = fc.integer({ min: 0, max: 1e12 });
const numberText = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: -9, max: 9 })).map(([digits, exponent]) => `${digits}e${exponent}`);

describe('exact decimals', () => {
  it('carry every double through its shortest text and back', () => {
    fc.assert(fc.property(finite, (value) => {
      expect(toNumber(decimalOf(value))).toBe(value === 0 ? 0 : value);
    }));
  });

  it('read their own text', () => {
    fc.assert(fc.property(numberText, (text) => {
      const decimal = parseDecimal(text)!;
      expect(parseDecimal(decimalText(decimal))).toEqual(decimal);
    }));
  });

  it('are equal exactly when their values are, however they are written', () => {
    expect(parseDecimal('2.350')).toEqual(parseDecimal('235e-2'));
    expect(parseDecimal('0.000')).toEqual(parseDecimal('0'));
    expect(parseDecimal('.5')).toBeNull();
    expect(parseDecimal('1e')).toBeNull();
    expect(parseDecimal('0x10')).toBeNull();
  });

  it('compute without rounding what doubles round', () => {
    expect(add(decimalOf(0.1), decimalOf(0.2))).toEqual(decimalOf(0.3));
    expect(multiply(decimalOf(1.1), decimalOf(100))).toEqual(decimalOf(110));
  });

  it('keep the laws of arithmetic', () => {
    fc.assert(fc.property(numberText, numberText, numberText, (x, y, z) => {
      const [a, b, c] = [parseDecimal(x)!, parseDecimal(y)!, parseDecimal(z)!];
      expect(subtract(add(a, b), b)).toEqual(a);
      expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
      expect(compareDecimals(a, b)).toBe(-compareDecimals(b, a) + 0);
      expect(absolute(subtract(a, b))).toEqual(absolute(subtract(b, a)));
    }));
  });

  it('order seconds as their microseconds are ordered', () => {
    fc.assert(fc.property(micros, micros, (a, b) => {
      expect(compareDecimals(decimalOf(a / 1e6), decimalOf(b / 1e6))).toBe(Math.sign(a - b));
    }));
  });
});
