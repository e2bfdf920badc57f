/** Durations as a scenario has them, exact: read back, each is the number that it was. */
import { decimalOf, decimalText, multiply, type Decimal } from './decimal.ts';

const UNITS: readonly (readonly [unit: string, perMicro: Decimal, from: number])[] = [
  ['ms', { digits: 1n, exponent: -3 }, 1000],
  ['us', { digits: 1n, exponent: 0 }, 1],
  ['ns', { digits: 1n, exponent: 3 }, 0],
];

/** Microseconds as a duration that `parseMicros` reads as just this number: `13.09ms`, `94.756ns`, `0us`. */
export function exactDuration(micros: number): string {
  if (micros === 0) return '0us';
  const [unit, perMicro] = UNITS.find(([, , from]) => micros >= from)!;
  return `${decimalText(multiply(decimalOf(micros), perMicro))}${unit}`;
}
