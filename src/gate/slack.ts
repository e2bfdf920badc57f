/**
 * What an expectation says of several replications: by how much it holds in each, and whether that is more than chance.
 *
 * The slack of a replication is the bound minus the figure, signed so that positive holds. Both are of the same
 * requests, so that what the replications differ in falls out by itself. The expectation holds where the whole
 * confidence interval of the mean slack is above 0, is broken where all of it is below, and else is undecided.
 */
import { absolute, type Decimal, decimalOf, multiply, subtract, toNumber } from '../core/decimal.ts';
import { type Estimate, estimate } from '../core/students-t.ts';
import type { ExpectationResult, Judgement } from './check-result.ts';
import { type ExpectationSource, judgeRun, located, resolve, type Resolved } from './evaluate.ts';
import { quantityText } from './expectation.ts';
import { caught, fail } from './fault.ts';
import type { NameTree } from './names.ts';
import type { Subject } from './subject.ts';

export type Decision = 'holds' | 'broken' | 'undecided';

/** Of judgements: a gate that is wrong once in a hundred times. */
export const GATE_CONFIDENCE = 0.99;

/**
 * What slacks, one for each replication, come to. Where all are equal they are exact: a slack of 0 holds unless the
 * comparison is strict.
 */
export function decide(slacks: readonly number[], strict: boolean, confidence = GATE_CONFIDENCE): { readonly decision: Decision; readonly slack: Estimate } {
  const slack = estimate(slacks, confidence);
  if (!slack) throw new Error('a decision needs a replication');
  const { mean, halfWidth } = slack;
  if (!halfWidth) return { decision: mean > 0 || (mean === 0 && !strict) ? 'holds' : 'broken', slack };
  if (mean - halfWidth > 0) return { decision: 'holds', slack };
  return { decision: mean + halfWidth < 0 ? 'broken' : 'undecided', slack };
}

/**
 * Judges one expectation over replications, for every scheduler that it is about.
 *
 * @param subjects one for each replication, of the same names
 */
export function judgeReplications(source: ExpectationSource, subjects: readonly Subject[], tree: NameTree, confidence = GATE_CONFIDENCE): ExpectationResult {
  const resolved = resolveOrdered(source.text, tree);
  const { text, level, file, line, column } = source;
  const base = { text, level, file, line, column };
  if ('fault' in resolved) {
    return { ...base, status: 'invalid', operator: null, tolerance: null, judgements: [], problem: located(source, resolved.fault) };
  }
  const { figure, expectation: { operator, tolerance } } = resolved.value;
  const about = subjects[0]!.runs.filter(({ scheduler }) => figure.scheduler === null || figure.scheduler === scheduler);
  const judgements = about.map(({ scheduler }) => judgeScheduler(resolved.value, scheduler, subjects, confidence));
  return { ...base, status: statusOf(judgements, level), operator, tolerance: tolerance && quantityText(tolerance), judgements, problem: null };
}

/** As `resolve`; an expectation of one exact value has no slack. */
function resolveOrdered(text: string, tree: NameTree): ReturnType<typeof resolve> {
  const found = resolve(text, tree);
  if ('fault' in found) return found;
  const { expectation: { operator, tolerance, path } } = found.value;
  if (operator === '!=' || (operator === '==' && tolerance === null)) {
    const help = operator === '==' ? 'say how far off it may be, such as == 100% ± 0.1%, or use >= or <=' : 'use <, <=, > or >=';
    return caught(() => fail(path, `\`${operator}\` cannot be judged over replications: it holds or does not, and nothing says how nearly`, help));
  }
  return found;
}

function statusOf(judgements: readonly Judgement[], level: ExpectationSource['level']): ExpectationResult['status'] {
  if (judgements.some(({ holds, replications }) => holds === null && replications === undefined)) return 'undecidable';
  if (judgements.every(({ holds }) => holds)) return 'passed';
  if (level === 'warn') return 'warned';
  return judgements.some(({ holds }) => holds === false) ? 'failed' : 'undecided';
}

function judgeScheduler(resolved: Resolved, scheduler: string, subjects: readonly Subject[], confidence: number): Judgement {
  const singles = subjects.map((subject) => judgeRun(resolved, subject.runs.find((run) => run.scheduler === scheduler)!, subject));
  const undefinedOne = singles.find(({ found, expected }) => found === null || expected === null);
  const [first] = singles;
  if (undefinedOne) return { ...undefinedOne, holds: null, around: [] };
  const strict = resolved.expectation.operator === '<' || resolved.expectation.operator === '>';
  const slacks = singles.map((single) => toNumber(slackOf(resolved, decimalOf(single.found!), decimalOf(single.expected!))));
  const { decision, slack: { mean, halfWidth, n } } = decide(slacks, strict, confidence);
  return {
    ...first!, around: [],
    holds: decision === 'undecided' ? null : decision === 'holds',
    found: meanOf(singles.map(({ found }) => found!)), expected: meanOf(singles.map(({ expected }) => expected!)),
    replications: { decision, n, confidence, slack: precise(mean), halfWidth: halfWidth === null ? null : precise(halfWidth), broken: slacks.filter((slack) => slack < 0 || (strict && slack === 0)).length },
  };
}

/** How far a figure is on the right side of its bound; with a tolerance, how much of that is left. */
function slackOf({ expectation: { operator }, tolerance: { relative, amount } }: Resolved, found: Decimal, expected: Decimal): Decimal {
  if (operator === '<' || operator === '<=') return subtract(expected, found);
  if (operator === '>' || operator === '>=') return subtract(found, expected);
  const allowed = relative ? multiply(amount, absolute(expected)) : amount;
  return subtract(allowed, absolute(subtract(found, expected)));
}

function meanOf(values: readonly number[]): number {
  return precise(estimate(values, GATE_CONFIDENCE)!.mean);
}

/** As the result files have it: more digits than any sample supports would only be noise. */
function precise(value: number): number {
  return Number(value.toPrecision(9));
}
