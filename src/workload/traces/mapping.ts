/**
 * What rows are given for what they are: class, tenant, SLA. The first rule whose conditions all hold decides, else
 * `otherwise`. A condition is on any field of the format, or any column of the file.
 */
import * as v from 'valibot';
import { choice, isMapping } from '../../core/choice.ts';
import type { TraceColumns } from './rows.ts';
import type { Texts } from './text-column.ts';

const COMPARISON = /^\s*(<=|>=|!=|<|>|={1,2})\s*(.*?)\s*$/s;
const QUANTILE = /^p(\d{1,2}(?:\.\d+)?|100)$/i;

export type Condition =
  /** A comparison with a number, or with a percentile of the field over the file (0 to 100). */
  | { readonly comparison: string; readonly number: number }
  | { readonly comparison: string; readonly percentile: number }
  /** One of these texts, `*` standing for anything; or none of them. */
  | { readonly texts: readonly string[]; readonly not: boolean };

/** What a row must be, for whatever the rule gives. */
export interface Rule {
  readonly when: Readonly<Record<string, Condition>>;
}

/** `otherwise` is for where no rule decides. */
export interface Rules<Each extends Rule, Otherwise> {
  readonly rules: readonly Each[];
  readonly otherwise: Otherwise;
}

export function isRules<Each extends Rule, Otherwise>(assigned: object | string | undefined | Rules<Each, Otherwise>): assigned is Rules<Each, Otherwise> {
  return isMapping(assigned) && Array.isArray(assigned['rules']);
}

function conditionOf(input: string | number | boolean | readonly (string | number | boolean)[]): Condition | undefined {
  if (typeof input === 'object') return { texts: input.map(String), not: false };
  if (typeof input !== 'string') return typeof input === 'number' ? { comparison: '=', number: input } : { texts: [String(input)], not: false };
  const match = COMPARISON.exec(input);
  if (match === null) return { texts: [input], not: false };
  const comparison = match[1] === '==' ? '=' : match[1]!;
  const text = match[2]!;
  const percentile = QUANTILE.exec(text)?.[1];
  if (percentile !== undefined) return { comparison, percentile: Number(percentile) };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { comparison, number: Number(text) };
  return (comparison === '=' || comparison === '!=') && text !== '' ? { texts: [text], not: comparison === '!=' } : undefined;
}

const CONDITION_HELP = 'write a comparison such as "> 4096" or "> p90", a text such as gpt-4*, or a list of texts';

const plain = v.union([v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)), v.number(), v.boolean()], CONDITION_HELP);
const several = v.pipe(v.array(plain), v.minLength(1, 'needs at least one text'), v.maxLength(1000));

const conditionSchema = v.pipe(
  choice([plain, several], (input) => (Array.isArray(input) ? several : plain)),
  v.check((input) => conditionOf(input) !== undefined, CONDITION_HELP),
  v.transform((input) => conditionOf(input)!),
);

const LENGTHS = ['promptTokens', 'outputTokens'] as const;

/** A text is no number: "4096" may be meant as a limit from above, or from below. */
function comparesNumber(name: string) {
  return (when: Readonly<Record<string, Condition>>): boolean => when[name] === undefined || !('texts' in when[name]);
}

/** `when:`, by name of a field or of a column. */
export const whenSchema = v.pipe(
  v.record(v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)), conditionSchema),
  v.forward(v.check(comparesNumber('promptTokens'), 'is a number of tokens: write a comparison such as "> 4096" or "> p90"'), ['promptTokens']),
  v.forward(v.check(comparesNumber('outputTokens'), 'is a number of tokens: write a comparison such as "> 400" or "> p90"'), ['outputTokens']),
  v.description('conditions that must all hold, by field (promptTokens, outputTokens, model, type, session, turn, class, tenant) or column: "> 4096", "> p90", a text with * for anything, or a list of texts'),
);

type Assigned = object | string | undefined;

/** The names of fields and columns that rules ask for. */
export function namesAsked(...assigned: readonly Assigned[]): string[] {
  const names = rulesOf(assigned).flatMap(({ when }) => Object.keys(when));
  return [...new Set(names)];
}

/** How many rules go by how long a request is. */
export function rulesByLength(...assigned: readonly Assigned[]): number {
  return rulesOf(assigned).filter(({ when }) => Object.keys(when).some((name) => (LENGTHS as readonly string[]).includes(name))).length;
}

function rulesOf(assigned: readonly Assigned[]): Rule[] {
  return assigned.flatMap((each) => (isRules<Rule, unknown>(each) ? each.rules : []));
}

/** Which rule decides for each row: its position, or the number of rules where none does. */
export function deciding(rules: readonly Rule[], trace: TraceColumns): Uint16Array {
  const tests = rules.map(({ when }) => Object.entries(when).map(([name, condition]) => testOf(name, condition, trace)));
  const decides = new Uint16Array(trace.count);
  for (let row = 0; row < decides.length; row++) {
    const rule = tests.findIndex((all) => all.every((test) => test(row)));
    decides[row] = rule < 0 ? rules.length : rule;
  }
  return decides;
}

type Test = (row: number) => boolean;

const HOLDS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

function testOf(name: string, condition: Condition, trace: TraceColumns): Test {
  const tokens = name === 'promptTokens' ? trace.promptTokens : name === 'outputTokens' ? trace.outputTokens : undefined;
  if (tokens !== undefined) {
    const holds = numberTest(condition, () => Float64Array.from(tokens));
    return (row) => holds(tokens[row]!);
  }
  const texts = trace.texts.get(name)!;
  const held = 'texts' in condition
    ? texts.names.map((text) => condition.texts.some((pattern) => isLike(text, pattern)) !== condition.not)
    : texts.names.map(asNumber).map(numberTest(condition, () => numbersOf(texts)));
  return (row) => held[texts.codes[row]!]!;
}

function numberTest(condition: Condition, values: () => Float64Array): (value: number) => boolean {
  if ('texts' in condition) {
    const texts = new Set(condition.texts);
    return (value) => texts.has(String(value)) !== condition.not;
  }
  const holds = HOLDS[condition.comparison]!;
  const limit = 'number' in condition ? condition.number : percentileOf(values(), condition.percentile);
  return (value) => holds(value, limit);
}

function asNumber(text: string): number {
  return text === '' ? NaN : Number(text);
}

function numbersOf({ codes, names }: Texts): Float64Array {
  const numbers = names.map(asNumber);
  return Float64Array.from(codes, (code) => numbers[code]!).filter((value) => !Number.isNaN(value));
}

/** Nearest rank. */
function percentileOf(values: Float64Array, percentile: number): number {
  const sorted = values.sort();
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? NaN;
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return text === pattern;
  const [first, ...rest] = parts;
  const last = rest.pop()!;
  if (!text.startsWith(first!)) return false;
  let at = first!.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
