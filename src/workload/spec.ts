/** What a scenario may say about its workload: names, units, ranges and defaults, in one place. */
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import { duration, number, orPercent, positive, positiveDuration, whole } from '../core/options.ts';
import type { Micros } from '../core/time.ts';
import { ARRIVALS } from './arrivals/index.ts';
import type { Chosen } from './definition.ts';
import { definitionSchema } from './definition.ts';
import { LENGTHS } from './lengths/index.ts';
import { MAX_RATE, MAX_REQUESTS, MAX_TOKENS } from './limits.ts';
import type { Mix } from './mix.ts';
import type { SlaTargets } from './request-table.ts';
import { slaSchema } from './sla.ts';
import type { TraceClass } from './traces/class-rules.ts';
import { conditionSchema } from './traces/class-rules.ts';
import { TRACE_FORMATS } from './traces/index.ts';

/** One request, spelled out. */
export interface ListedRequest {
  readonly id?: string | undefined;
  readonly at: Micros;
  /** Absent: the only class of the scenario. So it is wherever a class may be absent. */
  readonly class?: string | undefined;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly tenant?: string | undefined;
  /** Targets that hold instead of those of the class, one by one. */
  readonly sla?: SlaTargets | undefined;
  /** A label, shown, never interpreted. */
  readonly prompt?: string | undefined;
}

export type LengthSpec = number | Chosen<'distribution'>;

export interface GenerateSpec {
  /** Names the random streams and the ids; absent: the position in the workload, from 1. */
  readonly name?: string | undefined;
  readonly count?: number | undefined;
  readonly duration?: Micros | undefined;
  readonly start: Micros;
  readonly arrivals: Chosen<'process'>;
  readonly class?: Mix | undefined;
  readonly promptTokens: LengthSpec;
  readonly outputTokens: LengthSpec;
  readonly tenant?: Mix | undefined;
}

export interface TraceSpec {
  readonly name?: string | undefined;
  readonly file: string;
  readonly format: string;
  readonly origin?: string | undefined;
  readonly window?: { readonly from: Micros; readonly to?: Micros | undefined } | undefined;
  readonly speed?: number | undefined;
  readonly rate?: number | undefined;
  readonly sample?: number | undefined;
  readonly limit?: number | undefined;
  readonly class?: TraceClass | undefined;
  readonly tenant?: Mix | undefined;
}

/** One entry of `workload:`, validated: durations are whole microseconds. */
export type SourceSpec =
  | { readonly requests: readonly ListedRequest[] }
  | { readonly generate: GenerateSpec }
  | { readonly trace: TraceSpec };

const text = (description: string) => v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(200), v.description(description));

/** A name that a person gives; a number is taken as its digits. */
function label(description: string) {
  const digits = v.pipe(v.number(), v.transform(String));
  const name = text(description);
  return choice([name, digits], (input) => (typeof input === 'number' ? digits : name));
}

const sharesSchema = v.pipe(
  v.record(text('a name'), orPercent(number('share, relative to the others', 0, 1e9))),
  v.check((shares) => Object.values(shares).some((share) => share !== 0), 'needs at least one share above 0'),
);

/** One name, or names with shares. */
function mixSchema(description: string) {
  const name = label(description);
  return choice([name, sharesSchema], (input) => (isMapping(input) ? sharesSchema : name));
}

/** A bare number is short for the constant distribution; `least` is the least it may be. */
function lengthSchema(description: string, least: number) {
  const bare = whole(description, least, MAX_TOKENS);
  const distribution = definitionSchema('distribution', LENGTHS);
  return choice([bare, distribution], (input) => (isMapping(input) ? distribution : bare));
}

const listedSchema = v.strictObject({
  id: v.optional(label('name of the request, unique in the scenario')),
  at: v.optional(duration('when it arrives'), '0s'),
  class: v.optional(label('name of its class; optional where the scenario has only one')),
  promptTokens: v.optional(whole('tokens of the prompt', 0, MAX_TOKENS), 0),
  outputTokens: whole('tokens of the output', 1, MAX_TOKENS),
  tenant: v.optional(label('whose request it is')),
  sla: v.optional(v.pipe(slaSchema, v.description('targets that hold instead of those of the class, one by one'))),
  prompt: v.optional(v.pipe(v.string(), v.description('a label, shown, never interpreted'))),
});

const sourceName = v.optional(label('names the random streams and the ids; default: the position in the workload'));

const generateSchema = v.pipe(
  v.strictObject({
    name: sourceName,
    count: v.optional(whole('requests to generate', 1, MAX_REQUESTS)),
    duration: v.optional(positiveDuration('requests arrive before this, after start')),
    start: v.optional(duration('when the source starts'), '0s'),
    arrivals: v.pipe(definitionSchema('process', ARRIVALS), v.description('when requests arrive')),
    class: v.optional(mixSchema('a class, or classes with shares; optional where the scenario has only one')),
    promptTokens: v.optional(lengthSchema('tokens of the prompt', 0), 0),
    outputTokens: lengthSchema('tokens of the output', 1),
    tenant: v.optional(mixSchema('a tenant, or tenants with shares')),
  }),
  v.check(({ count, duration: length }) => count !== undefined || length !== undefined, 'needs count or duration, or both'),
);

const rulesSchema = v.strictObject({
  rules: v.pipe(
    v.array(v.strictObject({
      when: v.pipe(
        v.strictObject({ promptTokens: v.optional(conditionSchema), outputTokens: v.optional(conditionSchema) }),
        v.description('conditions that must all hold'),
      ),
      class: label('a class'),
    })),
    v.maxLength(1000),
    v.description('the first rule whose conditions all hold decides'),
  ),
  otherwise: mixSchema('a class, or classes with shares, where no rule decides'),
});

const traceClass = mixSchema('a class, or classes with shares, or rules; optional where the scenario has only one');
// Classes may be called "rules" or "otherwise" as well: their shares are numbers.
const traceClassSchema = choice([traceClass, rulesSchema], (input) =>
  isMapping(input) && [input['rules'], input['otherwise']].some((value) => value !== undefined && typeof value !== 'number')
    ? rulesSchema
    : traceClass);

const windowSchema = v.pipe(
  v.strictObject({
    from: v.optional(duration('first time that is replayed; becomes 0'), '0s'),
    to: v.optional(positiveDuration('first time that no longer is; default: the end')),
  }),
  v.check(({ from, to }) => to === undefined || to > from, 'to must be later than from'),
  v.description('part of the trace, half open, in its own time'),
);

const traceSchema = v.pipe(
  v.strictObject({
    name: sourceName,
    file: text('the trace, relative to the scenario file'),
    format: v.optional(
      v.pipe(v.picklist(['auto', ...TRACE_FORMATS.map((format) => format.name)]), v.description('auto: by the first line')),
      'auto',
    ),
    origin: v.optional(text('where the file comes from, told to whoever does not have it; sched validate then only warns that it is missing')),
    window: v.optional(windowSchema),
    speed: v.optional(positive('times are divided by it', 1e9)),
    rate: v.optional(positive('mean requests per second of what is kept, instead of speed', MAX_RATE)),
    sample: v.optional(orPercent(positive('share of the rows to keep, by a stable hash of their position', 1))),
    limit: v.optional(whole('most rows to keep, after window and sample', 1, MAX_REQUESTS)),
    class: v.optional(traceClassSchema),
    tenant: v.optional(mixSchema('a tenant, or tenants with shares')),
  }),
  v.check(({ speed, rate }) => speed === undefined || rate === undefined, 'has both speed and rate: one follows from the other'),
);

const requestsEntry = v.strictObject({
  requests: v.pipe(v.array(listedSchema), v.maxLength(MAX_REQUESTS), v.description('requests listed one by one')),
});
const generateEntry = v.strictObject({ generate: v.pipe(generateSchema, v.description('synthetic requests')) });
const traceEntry = v.strictObject({ trace: v.pipe(traceSchema, v.description('requests from a file')) });

const KINDS = { requests: requestsEntry, generate: generateEntry, trace: traceEntry } as const;

/** One entry of `workload:`: exactly one of `requests`, `generate` and `trace`. */
export const sourceSchema = choice([requestsEntry, generateEntry, traceEntry], (input) => {
  const given = isMapping(input) ? Object.keys(KINDS).filter((kind) => kind in input) : [];
  return given.length === 1
    ? KINDS[given[0] as keyof typeof KINDS]
    : `needs exactly one of ${Object.keys(KINDS).join(', ')}`;
}) as v.GenericSchema as v.GenericSchema<unknown, SourceSpec>;
