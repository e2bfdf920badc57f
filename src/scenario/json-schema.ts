/**
 * The scenario format as JSON Schema (draft 7), for editors and other tools.
 *
 * It is derived from the schema that scenarios are loaded with, on its input side: durations are texts, and
 * a field with a default may be absent. It accepts every valid scenario; what relates several fields (a class
 * that exists, min below max) only the loader knows.
 */
import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import { DURATION_PATTERN } from '../core/options.ts';
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
      return { ...jsonSchema, pattern: patternOf(requirement), ...(isDuration && { title: 'duration', examples: ['50ms', '1.5s', '2m'] }) };
    }
    // The largest double is no bound.
    if (action.type === 'max_value' && jsonSchema.maximum === Number.MAX_VALUE) delete jsonSchema.maximum;
    return jsonSchema;
  },
};

/** The JSON Schema of a scenario, made anew at each call. */
export function scenarioJsonSchema(): JsonSchema {
  return {
    title: 'sched scenario',
    description: 'an engine, classes of requests, a workload, and the policies to compare',
    ...toJsonSchema(scenarioSchema(), conversion),
  };
}

/** JSON Schema has no flags: a letter that may be of either case becomes a set of both. */
function patternOf({ source, ignoreCase }: RegExp): string {
  return ignoreCase ? source.replace(/\\.|[a-zA-Z]/g, (part) => (part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`)) : source;
}
