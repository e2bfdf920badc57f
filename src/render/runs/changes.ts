/** How a figure changed, as a cell: direction, sign and amount, so that it reads without colour. */
import { isChange, type MetricChange } from '../../metrics/compare.ts';
import type { MetricUnit } from '../../metrics/metric.ts';
import { duration } from '../text/durations.ts';
import { count, MISSING, percent, rate, ratio, written, type Quantity } from '../text/quantities.ts';

/** A figure of the given unit as a cell. Counts that are means are not whole. */
export function figure(value: number, unit: MetricUnit): Quantity {
  if (unit === 'time') return duration(value);
  if (unit === 'share') return percent(value);
  if (unit === 'rate') return rate(value);
  return unit === 'count' && Number.isInteger(value) ? count(value) : ratio(value);
}

/** Beyond this many times the former value a factor reads better than a percentage. */
const FACTOR_FROM = 10;

/** Which way a figure went and how far; the amount is blank where it did not go anywhere. */
export interface Change {
  readonly sign: '▲' | '▼' | '=' | '≈';
  readonly amount: Quantity;
}

const BLANK: Quantity = { number: '', unit: '' };

/** Null where one side is not defined, or neither is. */
export function change(changed: MetricChange): Change | null {
  const { path, before, after, absolute, relative } = changed;
  if (absolute === null) return null;
  if (before === after) return { sign: '=', amount: BLANK };
  if (!isChange(changed)) return { sign: '≈', amount: BLANK };
  return { sign: absolute > 0 ? '▲' : '▼', amount: amount(path.metric.unit, absolute, relative) };
}

/** `▼ −81.7 %`, `▲ ×32.3`, `=`, or the sign for what is not defined. */
export function writtenChange(shown: Change | null): string {
  if (!shown) return MISSING;
  return shown.amount === BLANK ? shown.sign : `${shown.sign} ${written(shown.amount)}`;
}

function amount(metricUnit: MetricUnit, absolute: number, relative: number | null): Quantity {
  const sign = absolute > 0 ? '+' : '−';
  if (metricUnit === 'share') return { number: sign + (Math.abs(absolute) * 100).toFixed(1), unit: 'pp' };
  if (relative === null) {
    const { number, unit } = figure(Math.abs(absolute), metricUnit);
    return { number: sign + number, unit };
  }
  if (relative >= FACTOR_FROM) return { number: `×${ratio(1 + relative).number}`, unit: '' };
  const size = Math.abs(relative) * 100;
  return { number: sign + size.toFixed(size < 99.95 ? 1 : 0), unit: '%' };
}
