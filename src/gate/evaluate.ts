/** Holds the runs of a scenario against an expectation. */
import { absolute, add, compareDecimals, type Decimal, decimalOf, multiply, subtract, toNumber, ZERO } from '../core/decimal.ts';
import type { Fault } from '../core/fault.ts';
import type { FilePlace, Span } from '../core/place.ts';
import { amountOf, UNIT_NOUNS } from './amounts.ts';
import type { ExpectationResult, Judgement, Neighbour } from './check-result.ts';
import { type Expectation, type Operator, type Quantity, quantityText } from './expectation.ts';
import { caught, fail } from './fault.ts';
import type { NameTree } from './names.ts';
import { parseExpectation } from './parse.ts';
import { type Figure, figureText, resolvePath } from './resolve.ts';
import { type JudgedRun, type Subject, valueOf, whyUndefined } from './subject.ts';

/** An expectation as the user gave it. */
export interface ExpectationSource {
  readonly text: string;
  readonly level: 'error' | 'warn';
  /** Where it stands; nulls when it came from the command line. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The line of the file, where the text stands in it as it is: faults are then shown there. */
  readonly sourceLine: string | null;
}

/** The bound of an expectation, ready to be computed for a run. */
interface Bound {
  readonly figure: Figure | null;
  readonly factor: Decimal;
  readonly offset: Decimal;
}

export interface Resolved {
  readonly expectation: Expectation;
  readonly figure: Figure;
  readonly bound: Bound;
  /** Relative to the bound, or an amount; zero without one. */
  readonly tolerance: { readonly relative: boolean; readonly amount: Decimal };
}

const ONE = decimalOf(1);

/** Judges one expectation over every scheduler that it is about. */
export function judge(source: ExpectationSource, subject: Subject, tree: NameTree): ExpectationResult {
  const resolved = resolve(source.text, tree);
  const { text, level, file, line, column } = source;
  const base = { text, level, file, line, column };
  if ('fault' in resolved) {
    return { ...base, status: 'invalid', operator: null, tolerance: null, judgements: [], problem: located(source, resolved.fault) };
  }
  const { expectation: { operator, tolerance }, figure } = resolved.value;
  const about = figure.scheduler === null ? subject.runs : subject.runs.filter(({ scheduler }) => scheduler === figure.scheduler);
  const judgements = about.map((run) => judgeRun(resolved.value, run, subject));
  return {
    ...base,
    status: statusOf(judgements, level),
    operator, tolerance: tolerance ? quantityText(tolerance) : null,
    judgements, problem: null,
  };
}

/** What is wrong with an expectation, which can be said before anything runs: what it names is not there, or its units do not fit. */
export function faultOf(source: ExpectationSource, tree: NameTree): Fault<FilePlace> | null {
  const resolved = resolve(source.text, tree);
  return 'fault' in resolved ? located(source, resolved.fault) : null;
}

function statusOf(judgements: readonly Judgement[], level: ExpectationSource['level']): ExpectationResult['status'] {
  if (judgements.some(({ holds }) => holds === null)) return 'undecidable';
  if (judgements.every(({ holds }) => holds)) return 'passed';
  return level === 'warn' ? 'warned' : 'failed';
}

/** Reads an expectation and finds what it names, without needing any run. */
export function resolve(text: string, tree: NameTree): { readonly value: Resolved } | { readonly fault: Fault<Span> } {
  const parsed = parseExpectation(text);
  if ('fault' in parsed) return parsed;
  const expectation = parsed.value;
  return caught(() => {
    const figure = resolvePath(expectation.path, tree);
    return { expectation, figure, bound: boundOf(expectation, figure, tree), tolerance: toleranceOf(expectation.tolerance, figure) };
  });
}

function boundOf({ value }: Expectation, { metric, scheduler }: Figure, tree: NameTree): Bound {
  if (value.kind === 'quantity') {
    return { figure: null, factor: ONE, offset: amountOf(value.quantity, metric.unit, 'bound', metric.name) };
  }
  const found = resolvePath(value.path, tree);
  if (found.metric.unit !== metric.unit) {
    fail(value.path, `${found.metric.name} is ${UNIT_NOUNS[found.metric.unit]} and ${metric.name} is ${UNIT_NOUNS[metric.unit]}: they cannot be compared`);
  }
  const { offset } = value;
  const amount = offset ? amountOf(offset.quantity, metric.unit, 'step', metric.name) : ZERO;
  return {
    // Without a scheduler of its own, the bound is of the scheduler that is judged.
    figure: { ...found, scheduler: found.scheduler ?? scheduler },
    factor: value.factor ?? ONE,
    offset: offset?.sign === '-' ? subtract(ZERO, amount) : amount,
  };
}

function toleranceOf(quantity: Quantity | null, { metric }: Figure): Resolved['tolerance'] {
  if (!quantity) return { relative: false, amount: ZERO };
  if (quantity.unit === '%') return { relative: true, amount: multiply(quantity.number, decimalOf(0.01)) };
  return { relative: false, amount: amountOf(quantity, metric.unit, 'step', metric.name) };
}

export function judgeRun({ expectation, figure, bound, tolerance }: Resolved, run: JudgedRun, subject: Subject): Judgement {
  const judged: Figure = { ...figure, scheduler: run.scheduler };
  const against = bound.figure && { ...bound.figure, scheduler: bound.figure.scheduler ?? run.scheduler };
  const other = against && subject.runs.find(({ scheduler }) => scheduler === against.scheduler)!;
  const found = valueOf(run.summary, judged);
  const reference = against && other ? valueOf(other.summary, against) : null;
  const why = [
    ...(found === null ? [`${figureText(judged)} is not defined: ${whyUndefined(run.summary, judged)}`] : []),
    ...(against && other && reference === null ? [`${figureText(against)} is not defined: ${whyUndefined(other.summary, against)}`] : []),
  ];
  const expected = against && reference === null ? null : add(multiply(bound.factor, decimalOf(reference ?? 0)), bound.offset);
  const holds = found === null || expected === null ? null : compares(decimalOf(found), expectation.operator, expected, tolerance);
  return {
    scheduler: run.scheduler, holds, path: figureText(judged), unit: figure.metric.unit,
    found, expected: expected && toNumber(expected), against: against && figureText(against),
    why: why.length === 0 ? null : why.join('; '),
    around: holds === true ? [] : neighbours(judged, run, subject),
  };
}

function compares(found: Decimal, operator: Operator, expected: Decimal, { relative, amount }: Resolved['tolerance']): boolean {
  if (operator === '==' || operator === '!=') {
    const allowed = relative ? multiply(amount, absolute(expected)) : amount;
    const near = compareDecimals(absolute(subtract(found, expected)), allowed) <= 0;
    return near === (operator === '==');
  }
  const order = compareDecimals(found, expected);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** The other statistics of the figure, then the same figure of the other schedulers and of the other classes. */
function neighbours(figure: Figure, run: JudgedRun, { runs, names }: Subject): Neighbour[] {
  const { metric, group, stat } = figure;
  const { scheduler: _, ...here } = figure;
  const statistics = metric.stats.map((name): Neighbour => ({ kind: 'statistic', name, value: valueOf(run.summary, { ...here, stat: name }) }));
  const schedulers = runs.filter(({ scheduler }) => scheduler !== run.scheduler)
    .map(({ scheduler, summary }): Neighbour => ({ kind: 'scheduler', name: scheduler, value: valueOf(summary, here) }));
  const isClass = typeof group === 'object' && 'class' in group;
  const groups = group === 'run' ? [] : names.classes.filter((name) => !isClass || name !== group.class)
    .map((name): Neighbour => ({ kind: 'group', name, value: valueOf(run.summary, { ...here, group: { class: name } }) }));
  return [...(stat === undefined ? [] : statistics), ...schedulers, ...groups];
}

export function located({ text, file, line, column, sourceLine }: ExpectationSource, { code, message, help, start, end }: Fault<Span>): Fault<FilePlace> {
  const what = { code, ...(help !== undefined && { help }) };
  const length = Math.max(1, end - start);
  if (file === null) return { ...what, message, file: '--expect', column: start + 1, length, sourceLine: text };
  const place = { file, ...(line !== null && { line }), ...(column !== null && { column }) };
  const at = sourceLine !== null && column !== null ? sourceLine.indexOf(text, column - 1) : -1;
  if (at >= 0) return { ...what, message, ...place, column: at + start + 1, length, sourceLine: sourceLine! };
  // Folded over lines or escaped: there is no one line to point into.
  return { ...what, message: `in \`${text}\`: ${message}`, ...place };
}
