/**
 * The scenario format as JSON Schema (draft 7), for editors and other tools.
 *
 * It is derived from the schema that scenarios are loaded with, on its input side: durations are texts, and
 * a field with a default may be absent. It accepts every valid scenario; what relates several fields (a class
 * that exists, min below max) only the loader knows.
 */
import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import { DURATION_PATTERN } from '../core/options.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { EXTENSION } from './names.ts';
import { scenarioSchema } from './schema.ts';

export type { JsonSchema } from '@valibot/to-json-schema';

const conversion: ConversionConfig = {
  typeMode: 'input',
  target: 'draft-07',
  // Checks in code have no counterpart.
  errorMode: 'ignore',
  overrideAction({ valibotAction: action, jsonSchema }) {
    if (action.type === 'regex') {
      const { requirement } = action as unknown as { requirement: RegExp };
      const isDuration = requirement === DURATION_PATTERN;
      return { ...jsonSchema, pattern: patternOf(requirement), ...(isDuration && { examples: ['50ms', '1.5s', '2m'] }) };
    }
    // The largest double is no bound.
    if (action.type === 'max_value' && jsonSchema.maximum === Number.MAX_VALUE) delete jsonSchema.maximum;
    return jsonSchema;
  },
};

/** The JSON Schema of a scenario, made anew at each call. @param policies beside those of this project */
export function scenarioJsonSchema(policies?: readonly PolicyDefinition<never>[]): JsonSchema {
  return forEditors({
    description: 'an engine, classes of requests, a workload, and the policies to compare',
    ...toJsonSchema(scenarioSchema(policies), conversion),
    patternProperties: { [EXTENSION.source]: { description: 'anything: a place for anchors that the scenario shares' } },
  });
}

/**
 * The same schema, as editors need it. They complete from what stands beside alternatives, and drop an alternative
 * whose other keys are not there yet: so the names that tell alternatives apart, and what the field is for, are
 * said once more beside them.
 */
function forEditors(schema: JsonSchema): JsonSchema {
  const inner = mapSchemas(schema, forEditors);
  const options = (inner.anyOf ?? inner.oneOf ?? []) as JsonSchema[];
  if (options.length === 0) return inner;
  const names = nameChoices(options);
  const description = inner.description ?? options.find((option) => option.description !== undefined)?.description;
  return { ...(description !== undefined && { description }), ...inner, ...(names && { properties: names }) };
}

/** The key that every alternative map has with a name of its own, and all these names. */
function nameChoices(options: readonly JsonSchema[]): JsonSchema['properties'] | undefined {
  const maps = options.filter(({ type }) => type === 'object');
  const [key] = Object.entries(maps[0]?.properties ?? {}).find(([, value]) => typeof value === 'object' && 'const' in value) ?? [];
  if (key === undefined) return undefined;
  const choices = maps.map(({ properties }) => properties?.[key] as JsonSchema);
  return { [key]: { type: 'string', anyOf: choices } };
}

/** A schema whose parts are each made anew. */
function mapSchemas(schema: JsonSchema, make: (part: JsonSchema) => JsonSchema): JsonSchema {
  const one = <Part>(part: Part): Part => (typeof part === 'object' && part !== null ? (make(part as JsonSchema) as Part) : part);
  const { properties, anyOf, oneOf, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, one(part)])) }),
    ...(anyOf && { anyOf: anyOf.map(one) }),
    ...(oneOf && { oneOf: oneOf.map(one) }),
    ...(items !== undefined && !Array.isArray(items) && { items: one(items) }),
    ...(additionalProperties !== undefined && { additionalProperties: one(additionalProperties) }),
  };
}

/** JSON Schema has no flags: a letter that may be of either case becomes a set of both. */
function patternOf({ source, ignoreCase }: RegExp): string {
  return ignoreCase ? source.replace(/\\.|[a-zA-Z]/g, (part) => (part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`)) : source;
}
