/** `trace:`: requests from a file, as a scenario writes them. */
import * as v from 'valibot';
import { choice, isMapping } from '../../core/choice.ts';
import { duration, orPercent, positive, positiveDuration, whole } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import { ARRIVALS } from '../arrivals/index.ts';
import type { Chosen } from '../definition.ts';
import { definitionSchema } from '../definition.ts';
import { mixSchema, text } from '../label.ts';
import { MAX_RATE, MAX_REQUESTS, MAX_TOKENS } from '../limits.ts';
import type { Mix } from '../mix.ts';
import type { SlaTargets } from '../request-table.ts';
import { slaSchema } from '../sla.ts';
import { FIELDS } from './fields.ts';
import { TRACE_FORMATS } from './index.ts';
import { TIME_UNITS } from './instant.ts';
import type { Rule, Rules } from './mapping.ts';
import { whenSchema } from './mapping.ts';
import type { Reading } from './reading.ts';
import type { Selection } from './select.ts';
import { TABLE } from './table.ts';

/** How the requests of a trace come by their class, their tenant, their targets. */
export type TraceClass = Mix | Rules<Rule & { readonly class: Mix }, Mix>;
export type TraceTenant = Mix | Rules<Rule & { readonly tenant: Mix }, Mix>;
export type TraceSla = SlaTargets | Rules<Rule & { readonly sla: SlaTargets }, SlaTargets>;

export interface TraceSpec extends Reading, Selection {
  readonly name?: string | undefined;
  readonly class?: TraceClass | undefined;
  readonly tenant?: TraceTenant | undefined;
  readonly sla?: TraceSla | undefined;
  /** What shares are drawn for; absent: sessions, where the file has them. */
  readonly shareBy?: 'session' | 'row' | undefined;
  readonly arrivals?: Chosen<'process'> | undefined;
  readonly jitter?: Micros | undefined;
  readonly scalePrompt?: number | undefined;
  readonly scaleOutput?: number | undefined;
  readonly maxContext?: { readonly tokens: number; readonly over: 'drop' | 'truncate' } | undefined;
  readonly zeroOutput?: 'drop' | 'keep' | 'one' | undefined;
}

/** Rules that give something, and what everything else is given. */
function rulesSchema<Given extends v.GenericSchema, Otherwise extends v.GenericSchema>(key: string, given: Given, otherwise: Otherwise) {
  return v.strictObject({
    rules: v.pipe(
      v.array(v.strictObject({ when: whenSchema, [key]: given })),
      v.maxLength(1000),
      v.description('the first rule whose conditions all hold decides'),
    ),
    otherwise,
  });
}

/** A mapping that may be rules: not where "rules" and "otherwise" are names with shares. */
function looksLikeRules(input: unknown): boolean {
  return isMapping(input) && [input['rules'], input['otherwise']].some((value) => value !== undefined && typeof value !== 'number');
}

function assignedMix(key: 'class' | 'tenant', what: string, otherwise: string) {
  const mix = mixSchema(otherwise);
  const rules = rulesSchema(key, mixSchema(`a ${key}, or shares`), mixSchema(`a ${key}, or shares, where no rule decides`));
  return v.pipe(choice([mix, rules], (input) => (looksLikeRules(input) ? rules : mix)), v.description(what));
}

const slaRules = rulesSchema('sla', slaSchema, v.optional(slaSchema, {}));
const assignedSla = v.pipe(
  choice([slaSchema, slaRules], (input) => (looksLikeRules(input) ? slaRules : slaSchema)),
  v.description('targets that hold instead of those of the class, one by one; or rules'),
);

const windowSchema = v.pipe(
  v.strictObject({
    from: v.optional(duration('first time that is replayed; becomes 0'), '0s'),
    to: v.optional(positiveDuration('first time that no longer is; default: the end')),
  }),
  v.check(({ from, to }) => to === undefined || to > from, 'to must be later than from'),
  v.description('part of the trace, half open, in its own time'),
);

const columnsSchema = v.pipe(
  v.strictObject(Object.fromEntries(Object.entries(FIELDS).map(([field, meaning]) => [field, v.optional(text(`column, or key: ${meaning}`))]))),
  v.description('of a table: which column, or key (a.b leads into an object), is what'),
);

const contextTokens = whole('most tokens of prompt and output together', 1, 2 * MAX_TOKENS);
const contextMapping = v.strictObject({
  tokens: contextTokens,
  over: v.optional(v.pipe(v.picklist(['drop', 'truncate']), v.description('truncate: the output ends there, a longer prompt keeps its last part')), 'drop'),
});
const maxContextSchema = choice(
  [v.pipe(contextTokens, v.transform((tokens) => ({ tokens, over: 'drop' as const }))), contextMapping],
  (input) => (isMapping(input) ? contextMapping : v.pipe(contextTokens, v.transform((tokens) => ({ tokens, over: 'drop' as const })))),
);

/** @param name of the source */
export function traceSchema(name: v.GenericSchema<unknown, string | undefined>): v.GenericSchema<unknown, TraceSpec> {
  return v.pipe(
    v.strictObject({
      name,
      file: text('the trace, relative to the scenario file; gzip is unpacked'),
      format: v.optional(
        v.pipe(v.picklist(['auto', TABLE, ...TRACE_FORMATS.map((format) => format.name)]), v.description('auto: by the headings or keys of the file; table: as columns says')),
        'auto',
      ),
      columns: v.optional(columnsSchema),
      unit: v.optional(v.pipe(v.picklist(TIME_UNITS), v.description('what a bare number of a time is; time: dates'))),
      separator: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(5), v.description('between the columns of a CSV file; default: seen from its headings'))),
      malformed: v.optional(v.pipe(v.picklist(['refuse', 'drop']), v.description('rows that cannot be read: told, and the file refused; or left out, and counted')), 'refuse'),
      strict: v.optional(v.pipe(v.boolean(), v.description('refuse whatever is malformed, and rows that are out of order too')), false),
      origin: v.optional(text('where the file comes from, told to whoever does not have it; sched validate then only warns that it is missing')),
      window: v.optional(windowSchema),
      sample: v.optional(orPercent(positive('share of the rows to keep, by a stable hash of their position', 1))),
      limit: v.optional(whole('most rows to keep, after window and sample', 1, MAX_REQUESTS)),
      skipGaps: v.optional(positiveDuration('longer times without an arrival are cut to this, in the time of the trace')),
      jitter: v.optional(positiveDuration('each arrival is moved later by less than this, at random: for clocks that tick coarsely')),
      speed: v.optional(positive('times are divided by it', 1e9)),
      rate: v.optional(positive('mean requests per second of what is kept, instead of speed', MAX_RATE)),
      arrivals: v.optional(v.pipe(definitionSchema('process', ARRIVALS), v.description('start times made instead of those in the file; rows come in its order'))),
      scalePrompt: v.optional(positive('prompts are made so many times as long', 1e6)),
      scaleOutput: v.optional(positive('outputs are made so many times as long', 1e6)),
      maxContext: v.optional(v.pipe(maxContextSchema, v.description('most tokens of prompt and output together; longer requests are dropped, or truncated'))),
      zeroOutput: v.optional(
        v.pipe(v.picklist(['drop', 'keep', 'one']), v.description('rows without output tokens: left out; kept, to be looked at and not run; or given one token')),
        'drop',
      ),
      class: v.optional(assignedMix(
        'class', 'a class, or classes with shares, or rules; default: the column of the class, or the only class of the scenario', 'a class, or classes with shares',
      )),
      tenant: v.optional(assignedMix('tenant', 'a tenant, or tenants with shares, or rules; default: the column of the tenant', 'a tenant, or tenants with shares')),
      sla: v.optional(assignedSla),
      shareBy: v.optional(v.pipe(v.picklist(['session', 'row']), v.description('what shares are drawn for; default: a session, where the file has them'))),
    }),
    v.check(({ speed, rate }) => speed === undefined || rate === undefined, 'has both speed and rate: one follows from the other'),
    v.check(({ format, columns }) => format !== TABLE || columns !== undefined, 'needs columns, as format: table says nothing of itself'),
    v.check(({ format, columns }) => columns === undefined || format === TABLE || format === 'auto', 'has columns, which are for format: table'),
    v.check(({ arrivals, rate, speed, window }) => arrivals === undefined || (rate ?? speed ?? window) === undefined,
      'has arrivals, beside which window, speed and rate mean nothing'),
  ) as v.GenericSchema as v.GenericSchema<unknown, TraceSpec>;
}
