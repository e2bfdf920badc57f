/** What a scenario may say about its workload: names, units, ranges and defaults, in one place. */
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import { duration, positiveDuration, whole } from '../core/options.ts';
import type { Micros } from '../core/time.ts';
import { ARRIVALS } from './arrivals/index.ts';
import type { Chosen } from './definition.ts';
import { definitionSchema } from './definition.ts';
import { label, mixSchema } from './label.ts';
import { LENGTHS } from './lengths/index.ts';
import { MAX_REQUESTS, MAX_TOKENS } from './limits.ts';
import type { Mix } from './mix.ts';
import type { SlaTargets } from './request-table.ts';
import { slaSchema } from './sla.ts';
import type { TraceSpec } from './traces/spec.ts';
import { traceSchema } from './traces/spec.ts';

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

export type { TraceSpec };

/** One entry of `workload:`, validated: durations are whole microseconds. */
export type SourceSpec =
  | { readonly requests: readonly ListedRequest[] }
  | { readonly generate: GenerateSpec }
  | { readonly trace: TraceSpec };

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

const requestsEntry = v.strictObject({
  requests: v.pipe(v.array(listedSchema), v.maxLength(MAX_REQUESTS), v.description('requests listed one by one')),
});
const generateEntry = v.strictObject({ generate: v.pipe(generateSchema, v.description('synthetic requests')) });
const traceEntry = v.strictObject({ trace: v.pipe(traceSchema(sourceName), v.description('requests from a file')) });

const KINDS = { requests: requestsEntry, generate: generateEntry, trace: traceEntry } as const;

/** One entry of `workload:`: exactly one of `requests`, `generate` and `trace`. */
export const sourceSchema = choice([requestsEntry, generateEntry, traceEntry], (input) => {
  const given = isMapping(input) ? Object.keys(KINDS).filter((kind) => kind in input) : [];
  return given.length === 1
    ? KINDS[given[0] as keyof typeof KINDS]
    : `needs exactly one of ${Object.keys(KINDS).join(', ')}`;
}) as v.GenericSchema as v.GenericSchema<unknown, SourceSpec>;

/** All of a trace, as a scenario has it that says nothing but its file. */
export function traceSource(file: string): SourceSpec {
  return v.parse(sourceSchema, { trace: { name: 'trace', file } });
}
