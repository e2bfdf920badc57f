/**
 * Figures with every digit that the result files carry, in the unit that reads best. Where a gate decides by
 * a microsecond, a rounded number would say that 2 s is more than 2 s.
 */
import { type Decimal, decimalOf, decimalText, multiply, parseDecimal, subtract } from '../../core/decimal.ts';
import type { MetricUnit } from '../../metrics/metric.ts';
import { MISSING } from './quantities.ts';

const TIME_UNITS: readonly (readonly [unit: string, perSecond: Decimal, from: number])[] = [
  ['s', parseDecimal('1')!, 1],
  ['ms', parseDecimal('1e3')!, 1e-3],
  ['µs', parseDecimal('1e6')!, 0],
];

/** A value as in the result files (times in seconds): `2.000001 s`, `98.6666667 %`, `–` when it is not defined. */
export function exact(value: number | null, unit: MetricUnit): string {
  return value === null ? MISSING : exactDecimal(decimalOf(value), Math.abs(value), unit);
}

/** The difference of two values without the noise of floating point; a share differs by percentage points. */
export function exactDifference(from: number, to: number, unit: MetricUnit): string {
  const difference = subtract(decimalOf(to), decimalOf(from));
  const size = { ...difference, digits: difference.digits < 0n ? -difference.digits : difference.digits };
  const text = exactDecimal(size, Math.abs(to - from), unit);
  return unit === 'share' ? text.replace('%', 'pp') : text;
}

function exactDecimal(value: Decimal, size: number, unit: MetricUnit): string {
  if (unit === 'share') return `${decimalText(multiply(value, parseDecimal('100')!))} %`;
  if (unit === 'rate') return `${decimalText(value)} /s`;
  if (unit !== 'time') return decimalText(value);
  if (size === 0) return '0 s';
  const [name, perSecond] = TIME_UNITS.find(([, , from]) => size >= from)!;
  return `${decimalText(multiply(value, perSecond))} ${name}`;
}
