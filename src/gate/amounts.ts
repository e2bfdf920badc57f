/**
 * Quantities as amounts of a metric, and figures as the result files write them.
 *
 * What is compared are decimals: a figure counts as the value that the result files carry (times in seconds
 * with six decimals, that is whole microseconds; counts whole; shares, rates and ratios with nine significant
 * digits), a quantity as the number that was written. Nothing else is rounded, so `== 2.35s`, `>= 99%` and
 * `<= 1.1 * x` mean exactly what they say.
 */
import { compareDecimals, type Decimal, multiply, parseDecimal } from '../core/decimal.ts';
import type { MetricUnit } from '../metrics/metric.ts';
import { type Quantity, type UnitName, quantityText } from './expectation.ts';
import { fail } from './fault.ts';

/** bound: what a figure is held against. step: what is added to a bound, or allowed around it. */
export type Role = 'bound' | 'step';

const decimal = (text: string): Decimal => parseDecimal(text)!;

/** What a unit is worth in the unit of the result files, for the metrics that it can measure. */
const WORTH: Readonly<Record<MetricUnit, Readonly<Partial<Record<UnitName, Decimal>>>>> = {
  time: { us: decimal('0.000001'), ms: decimal('0.001'), s: decimal('1'), m: decimal('60'), h: decimal('3600') },
  share: { '%': decimal('0.01'), pp: decimal('0.01'), '': decimal('1') },
  rate: { '/s': decimal('1'), '': decimal('1') },
  count: { '': decimal('1') },
  ratio: { '': decimal('1'), '%': decimal('0.01') },
  cost: { '': decimal('1') },
};

const WRITE: Readonly<Record<MetricUnit, string>> = {
  time: 'a time: write a number with its unit, us, ms, s, m (minutes) or h',
  share: 'a share: write a percentage such as 99%, or a number from 0 to 1',
  rate: 'a rate: write a number per second, such as 3.2 or 3.2/s',
  count: 'a count: write a plain number',
  ratio: 'a ratio: write a plain number, such as 1.5',
  cost: 'a cost: write a plain number, in the currency of engine.price',
};

/** What one of each unit is, for messages. */
export const UNIT_NOUNS: Readonly<Record<MetricUnit, string>> = { time: 'a time', share: 'a share', rate: 'a rate', count: 'a count', ratio: 'a ratio', cost: 'a cost' };

/** Whether a quantity can be an amount of metrics of this unit. */
export function fits({ unit }: Pick<Quantity, 'unit'>, metric: MetricUnit): boolean {
  return WORTH[metric][unit] !== undefined;
}

/**
 * A quantity in the unit of the result files: seconds, shares, per second, number.
 *
 * @param of what is measured, as it is called in the message
 * @throws FaultError when the unit is not one of this metric, or a share is more than all
 */
export function amountOf(quantity: Quantity, metric: MetricUnit, role: Role, of: string): Decimal {
  const worth = role === 'bound' && quantity.unit === 'pp' ? undefined : WORTH[metric][quantity.unit];
  if (!worth) fail(quantity, `\`${quantityText(quantity)}\` cannot be held against ${of}`, `${of} is ${WRITE[metric]}`);
  const amount = multiply(quantity.number, worth);
  if (role === 'bound' && metric === 'share' && compareDecimals(amount, decimal('1')) > 0) {
    fail(quantity, `\`${quantityText(quantity)}\` is more than all of them`, `${of} is ${WRITE.share}`);
  }
  return amount;
}
