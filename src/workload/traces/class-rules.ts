/**
 * Classes by what a row of a trace asks for: the first rule whose conditions all hold decides, else `otherwise`.
 */
import * as v from 'valibot';
import { isMapping } from '../../core/choice.ts';
import type { Mix } from '../mix.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** A comparison with a number of tokens, such as `> 4096`. */
export interface Condition {
  readonly comparison: Comparison;
  readonly tokens: number;
}

export interface ClassRule {
  readonly when: { readonly promptTokens?: Condition; readonly outputTokens?: Condition };
  readonly class: string;
}

export interface ClassRules {
  readonly rules: readonly ClassRule[];
  readonly otherwise: Mix;
}

/** How the requests of a trace come by their class. */
export type TraceClass = Mix | ClassRules;

export function isClassRules(assigned: TraceClass): assigned is ClassRules {
  return isMapping(assigned) && Array.isArray(assigned['rules']);
}

const CONDITION = /^\s*(<=|>=|!=|<|>|={1,2})\s*(\d{1,9})\s*$/;

export const conditionSchema = v.pipe(
  v.string('write a comparison with a number of tokens, such as "> 4096"'),
  v.regex(CONDITION, 'write a comparison with a number of tokens, such as "> 4096"'),
  v.description('a comparison with a number of tokens, such as "> 4096"'),
  v.transform((text): Condition => {
    const [, comparison, tokens] = CONDITION.exec(text)!;
    return { comparison: (comparison === '==' ? '=' : comparison) as Comparison, tokens: Number(tokens) };
  }),
);

const HOLDS: Readonly<Record<Comparison, (tokens: number, limit: number) => boolean>> = {
  '<': (tokens, limit) => tokens < limit,
  '<=': (tokens, limit) => tokens <= limit,
  '>': (tokens, limit) => tokens > limit,
  '>=': (tokens, limit) => tokens >= limit,
  '=': (tokens, limit) => tokens === limit,
  '!=': (tokens, limit) => tokens !== limit,
};

function holds(condition: Condition | undefined, tokens: number): boolean {
  return condition === undefined || HOLDS[condition.comparison](tokens, condition.tokens);
}

/**
 * The mixes that rows draw their class from, and which of them each row draws from.
 *
 * @returns `mixOf` is absent where all rows draw from the first
 */
export function mixesByRow(
  assigned: TraceClass,
  promptTokens: Float64Array,
  outputTokens: Float64Array,
): { mixes: readonly Mix[]; mixOf?: Uint16Array } {
  if (!isClassRules(assigned)) return { mixes: [assigned] };
  const { rules, otherwise } = assigned;
  const mixOf = new Uint16Array(promptTokens.length);
  for (let row = 0; row < mixOf.length; row++) {
    const rule = rules.findIndex(({ when }) =>
      holds(when.promptTokens, promptTokens[row]!) && holds(when.outputTokens, outputTokens[row]!));
    mixOf[row] = rule < 0 ? rules.length : rule;
  }
  return { mixes: [...rules.map((rule) => rule.class), otherwise], mixOf };
}
