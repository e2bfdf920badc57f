/**
 * How far figures may be from their baseline: `latency.p99=5%`, `priority.high=1ms`, `*=0.1%`.
 *
 * A pattern is the beginning of a path in which the scheduler and the group may be left out, then meaning any,
 * and in which `*` stands for any one name. Of several that match a figure the last one holds.
 */
import { absolute, compareDecimals, type Decimal, decimalOf, multiply, subtract } from '../core/decimal.ts';
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import { amountOf, fits } from './amounts.ts';
import { type PathExpression, type Quantity, type Segment, quantityText } from './expectation.ts';
import { caught, fail } from './fault.ts';
import { parsePath, parseQuantity } from './parse.ts';
import { type Figure, figureSegments } from './resolve.ts';

export interface Tolerance {
  readonly pattern: PathExpression;
  readonly quantity: Quantity;
}

/** A tolerance from its two halves. Faults are placed in the half that has them. */
export function tolerance(pattern: string, amount: string): { readonly value: Tolerance } | { readonly fault: Fault<Span>; readonly of: 'pattern' | 'amount' } {
  const path = parsePath(pattern, true);
  if ('fault' in path) return { ...path, of: 'pattern' };
  const quantity = parseQuantity(amount);
  return 'fault' in quantity ? { ...quantity, of: 'amount' } : { value: { pattern: path.value, quantity: quantity.value } };
}

/** A tolerance from `PATTERN=AMOUNT`. The fault's place is in the whole text. */
export function parseTolerance(text: string): { readonly value: Tolerance } | { readonly fault: Fault<Span> } {
  const at = text.lastIndexOf('=');
  if (at < 0) return caught(() => fail({ start: 0, end: text.length }, 'there is no =', 'write a pattern and how far it may be off: latency.p99=5%'));
  const read = tolerance(text.slice(0, at), text.slice(at + 1));
  if ('value' in read || read.of === 'pattern') return read;
  const { start, end, ...fault } = read.fault;
  return { fault: { ...fault, start: start + at + 1, end: end + at + 1 } };
}

/**
 * Checks that every tolerance is about some figure: a misspelt pattern must not pass for a loose gate.
 *
 * @returns the fault of each that is not
 */
export function unmatched(tolerances: readonly Tolerance[], figures: readonly Figure[]): { readonly tolerance: Tolerance; readonly fault: Fault<Span> }[] {
  return tolerances.flatMap((each) => {
    const matching = figures.filter((figure) => matches(each.pattern, figure));
    if (matching.some(({ metric }) => isMeasure(each.quantity, metric.unit))) return [];
    const { start, end } = each.pattern;
    return [{ tolerance: each, fault: { code: 'tolerance', start, end, ...(matching[0] ? measuresNone(each, matching[0]) : MATCHES_NONE) } }];
  });
}

const MATCHES_NONE = {
  message: 'no figure of this scenario matches this pattern',
  help: 'it is the beginning of a path, such as latency.p99, high.latency or fifo.high; * stands for any one name',
};

function measuresNone({ quantity }: Tolerance, { metric }: Figure): Pick<Fault, 'message' | 'help'> {
  const amount = caught(() => amountOf(quantity, metric.unit, 'step', metric.name));
  const unit = 'fault' in amount ? `${amount.fault.help}; ` : '';
  return { message: `\`${quantityText(quantity)}\` measures none of the figures that match this pattern`, help: `${unit}a percentage of the baseline fits every figure` };
}

/** The tolerance that holds for a figure: the last that matches it and measures it. */
export function toleranceFor(figure: Figure, tolerances: readonly Tolerance[]): Tolerance | null {
  return tolerances.findLast(({ pattern, quantity }) => isMeasure(quantity, figure.metric.unit) && matches(pattern, figure)) ?? null;
}

/** Whether two values are no further apart than a tolerance allows, exactly; a percentage is of the baseline's value. */
export function isWithin(baseline: number, now: number, { quantity }: Tolerance, { metric }: Figure): boolean {
  const base = decimalOf(baseline);
  const allowed = allowance(quantity, base, metric.unit);
  return compareDecimals(absolute(subtract(decimalOf(now), base)), allowed) <= 0;
}

function allowance(quantity: Quantity, base: Decimal, unit: Figure['metric']['unit']): Decimal {
  if (quantity.unit === '%') return multiply(multiply(quantity.number, decimalOf(0.01)), absolute(base));
  return amountOf(quantity, unit, 'step', 'it');
}

function isMeasure(quantity: Quantity, unit: Figure['metric']['unit']): boolean {
  return quantity.unit === '%' || fits(quantity, unit);
}

function matches({ segments }: PathExpression, figure: Figure): boolean {
  const path = figureSegments(figure);
  const group = figure.group === 'run' ? 0 : 1;
  const metric = path.slice(1 + group);
  const candidates = [path, path.slice(1), ...(group === 1 ? [[path[0]!, ...metric], metric] : [])];
  return candidates.some((names) => segments.length <= names.length && segments.every((segment, at) => isNamed(segment, names[at]!)));
}

function isNamed({ kind, name }: Segment, found: Pick<Segment, 'kind' | 'name'>): boolean {
  if (name === '*' && kind === null) return true;
  // A tenant is always called one; a class or scheduler may be.
  return name === found.name && (kind === 'tenant') === (found.kind === 'tenant');
}
