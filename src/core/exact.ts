/** Whole numbers beside products and fractions: compared and scaled without rounding. */
import { decimalOf } from './decimal.ts';

/** The sign of a × b − c × d, exactly. @param a and all others whole numbers, exact by themselves */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER) return left - right;
  const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The least whole numbers in the same proportions: 0.5, 2 and 1 are 1, 4 and 2. All are read as the decimals they are
 * written as. Null where they are beyond 2^53.
 *
 * @param values none below 0
 */
export function wholeRatios(values: readonly number[]): number[] | null {
  const { whole } = scaledToWhole(values);
  const divisor = whole.reduce(gcd, 0n) || 1n;
  const ratios = whole.map((value) => Number(value / divisor));
  return ratios.every(Number.isSafeInteger) ? ratios : null;
}

/** The values times the least power of ten that makes all of them whole. */
export function scaledToWhole(values: readonly number[]): { readonly whole: readonly bigint[]; readonly scale: bigint } {
  const decimals = values.map(decimalOf);
  const places = Math.max(0, ...decimals.map(({ exponent }) => -exponent));
  return { whole: decimals.map(({ digits, exponent }) => digits * 10n ** BigInt(exponent + places)), scale: 10n ** BigInt(places) };
}

/** The least whole number that is not less than share × of. */
export function shareRoundedUp(share: number, of: number): number {
  const { whole: [digits], scale } = scaledToWhole([share]);
  const product = digits! * BigInt(of);
  return Number((product + scale - 1n) / scale);
}

/** Least common multiple of whole numbers above 0. */
export function lcm(values: readonly number[]): bigint {
  return values.reduce((multiple, value) => (multiple / gcd(multiple, BigInt(value))) * BigInt(value), 1n);
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
