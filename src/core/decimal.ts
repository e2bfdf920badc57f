/**
 * Exact decimal numbers. What a person wrote (`1.1 * fifo.latency.p99 + 100ms`) and what the result files say are
 * decimal texts: here no sum, product or comparison of them is rounded.
 */

/** digits × 10^exponent, without trailing zeros in `digits`; zero is 0 × 10^0. Equal numbers are deeply equal. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

export const ZERO: Decimal = { digits: 0n, exponent: 0 };

/** Reads `-1.50e3`; null when it is no such number. */
export function parseDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole! + fraction);
  return normal(sign === '-' ? -digits : digits, Number(exponent) - fraction.length);
}

/** The decimal that a finite number is written as: 0.1 is exactly one tenth. */
export function decimalOf(value: number): Decimal {
  const decimal = parseDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} has no decimal`);
  return decimal;
}

/** The nearest double. */
export function toNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

/** Without an exponent: `0.0012`, `2000`. */
export function decimalText({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) return sign + text + '0'.repeat(exponent);
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return normal(scaled(a, exponent) + scaled(b, exponent), exponent);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, exponent: b.exponent });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normal(a.digits * b.digits, a.exponent + b.exponent);
}

export function absolute({ digits, exponent }: Decimal): Decimal {
  return { digits: digits < 0n ? -digits : digits, exponent };
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const { digits } = subtract(a, b);
  if (digits === 0n) return 0;
  return digits < 0n ? -1 : 1;
}

function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

function normal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return ZERO;
  const zeros = /0*$/.exec(String(digits))![0].length;
  return { digits: digits / 10n ** BigInt(zeros), exponent: exponent + zeros };
}
