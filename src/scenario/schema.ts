/**
 * The schema of a whole scenario, version 1: the one place where its fields come together.
 *
 * Each field's own schema is that of the room it belongs to; `sched schema`, the messages and the defaults
 * all follow from here.
 */
import * as v from 'valibot';
import { choice } from '../core/choice.ts';
import { engineSchema } from '../engine/options.ts';
import { NO_POLICIES } from '../schedulers/given.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { sourceSchema } from '../workload/spec.ts';
import { classesSchema } from './classes.ts';
import { baselineSchema, expectSchema } from './expectations.ts';
import { schedulersSchema } from './schedulers.ts';

const seedNumber = v.pipe(
  v.number(),
  v.finite(),
  v.check((seed) => !Number.isInteger(seed) || Number.isSafeInteger(seed), 'is too large to be exact; put it in quotes'),
  v.transform(String),
);

const seedText = v.pipe(v.string(), v.maxLength(200));

function build(policies: readonly PolicyDefinition<never>[]) {
  return v.strictObject({
    $schema: v.optional(v.pipe(v.string(), v.description('where editors find the JSON Schema of this file'))),
    version: v.optional(v.pipe(v.literal(1), v.description('version of the scenario format')), 1),
    name: v.optional(v.pipe(v.string(), v.regex(/\S/, 'must not be empty'), v.maxLength(200), v.description('shown above every table; default: the name of the file'))),
    description: v.optional(v.pipe(v.string(), v.maxLength(10_000), v.description('what the scenario is for'))),
    seed: v.optional(
      v.pipe(
        choice([seedText, seedNumber], (input) => (typeof input === 'number' ? seedNumber : seedText)),
        v.description('of everything random; any text or number, compared as text'),
      ),
      '0',
    ),
    engine: v.optional(v.pipe(engineSchema, v.description('the server: what a step may hold and how long it lasts')), {}),
    classes: classesSchema,
    workload: v.pipe(
      v.array(sourceSchema),
      v.minLength(1, 'needs at least one source'),
      v.maxLength(1000),
      v.description('where requests come from: a list of sources, each requests, generate or trace; merged by arrival'),
    ),
    schedulers: schedulersSchema(policies),
    expect: expectSchema,
    baseline: baselineSchema,
  });
}

const schemas = new WeakMap<readonly PolicyDefinition<never>[], ReturnType<typeof build>>();

/**
 * The schema, made at the first call: a command that loads no scenario does not pay for it.
 *
 * @param policies beside those of this project
 */
export function scenarioSchema(policies: readonly PolicyDefinition<never>[] = NO_POLICIES): ReturnType<typeof build> {
  let schema = schemas.get(policies);
  if (!schema) schemas.set(policies, (schema = build(policies)));
  return schema;
}

/** What the schema makes of a valid scenario: defaults filled in, durations in microseconds. */
export type ScenarioFields = v.InferOutput<ReturnType<typeof scenarioSchema>>;
