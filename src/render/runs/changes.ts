/** How a figure changed, as a cell: direction, sign and amount, so that it reads without colour. */
import { type Effect, isChange, type MetricChange } from '../../metrics/compare.ts';
import type { MetricUnit } from '../../metrics/metric.ts';
import { commonUnit, duration, durationIn, type DurationUnit } from '../text/durations.ts';
import { count, MISSING, percent, rate, ratio, written, type Quantity } from '../text/quantities.ts';

/** How figures that stand side by side are written: times in one unit, and digits enough to tell them apart. */
interface Writing {
  /** Absent or null: each in the unit that fits it. */
  readonly timeUnit?: DurationUnit | null;
  readonly digits?: number;
}

/** A figure of the given unit as a cell. Counts that are means are not whole. */
export function figure(value: number, unit: MetricUnit, { timeUnit, digits = 3 }: Writing = {}): Quantity {
  if (unit === 'time') return timeUnit ? durationIn(value, timeUnit, digits) : duration(value, digits);
  if (unit === 'share') return percent(value);
  if (unit === 'rate') return rate(value, digits);
  return unit === 'count' && Number.isInteger(value) ? count(value) : ratio(value, digits);
}

/** Figures of one metric that are compared: a group under every run. */
export interface ComparedFigures {
  readonly unit: MetricUnit;
  /** One per run; null where it is not defined. */
  readonly values: readonly (number | null)[];
  /** One per run after the first. */
  readonly changes: readonly MetricChange[];
}

/** The figures of one metric as cells, a row per group: all in one unit, and what changed does not look the same. */
export function comparedFigures(rows: readonly ComparedFigures[]): (Quantity | null)[][] {
  const defined = rows.flatMap(({ values }) => values.filter((value) => value !== null));
  const timeUnit = rows[0]?.unit === 'time' ? commonUnit(defined) : null;
  return rows.map(({ unit, values, changes }) => {
    const writtenWith = (digits: number) => values.map((value) => (value === null ? null : figure(value, unit, { timeUnit, digits })));
    for (let digits = 3; digits < MOST_DIGITS; digits++) {
      const cells = writtenWith(digits);
      if (!changes.some((change, index) => isChange(change) && looksSame(cells[0], cells[index + 1]))) return cells;
    }
    return writtenWith(MOST_DIGITS);
  });
}

/** More are never needed to tell apart what `isChange` tells apart. */
const MOST_DIGITS = 6;

function looksSame(a: Quantity | null | undefined, b: Quantity | null | undefined): boolean {
  return a != null && b != null && a.number === b.number;
}

/** From this many times the former value, and this small a share of it, a factor reads better than a percentage. */
const FACTOR_FROM = 2;
const DIVISOR_FROM = 100;

/** Which way a figure went and how far; the amount is blank where it did not go anywhere. */
export interface Change {
  /** ▲ better, ▼ worse; empty where the figure is neither. */
  readonly sign: '▲' | '▼' | '=' | '≈' | '';
  readonly amount: Quantity;
}

const BLANK: Quantity = { number: '', unit: '' };

/** Which way is said by the amount; whether that is good, by the sign. */
const SIGNS = { better: '▲', worse: '▼', different: '', same: '=' } as const satisfies Readonly<Record<Effect, string>>;

/** Null where one side is not defined, or neither is. @param isFact whether the figure is told without praise or blame */
export function change(changed: MetricChange, isFact = false): Change | null {
  const { path, before, after, absolute, relative, effect } = changed;
  if (absolute === null) return null;
  if (before === after) return { sign: '=', amount: BLANK };
  if (!isChange(changed)) return { sign: '≈', amount: BLANK };
  return { sign: isFact ? '' : SIGNS[effect], amount: amount(path.metric.unit, absolute, relative) };
}

/** `▲ −81.7 %`, `▼ ×32.3`, `▲ ÷5,740`, `=`, or the sign for what is not defined. */
export function writtenChange(shown: Change | null): string {
  if (!shown) return MISSING;
  return shown.amount === BLANK ? shown.sign : `${shown.sign} ${written(shown.amount)}`.trimStart();
}

function amount(metricUnit: MetricUnit, absolute: number, relative: number | null): Quantity {
  const sign = absolute > 0 ? '+' : '−';
  if (metricUnit === 'share') return { number: sign + (Math.abs(absolute) * 100).toFixed(1), unit: 'pp' };
  if (relative === null) {
    const { number, unit } = figure(Math.abs(absolute), metricUnit);
    return { number: sign + number, unit };
  }
  const factor = 1 + relative;
  if (factor >= FACTOR_FROM) return { number: `×${ratio(factor).number}`, unit: '' };
  // A figure that fell to nothing has no divisor; one that changed its sign has neither.
  if (factor > 0 && factor <= 1 / DIVISOR_FROM) return { number: `÷${ratio(1 / factor).number}`, unit: '' };
  const size = Math.abs(relative) * 100;
  return { number: sign + size.toFixed(size < 99.95 ? 1 : 0), unit: '%' };
}
