/** The JSON Schema that editors go by: it takes what the loader takes, and says what fields are for. */
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { ARRIVALS } from '../../src/workload/arrivals/index.ts';
import { LENGTHS } from '../../src/workload/lengths/index.ts';
import { STEP_TIMES } from '../../src/engine/step-time/index.ts';
import { POLICIES } from '../../src/schedulers/index.ts';
import { type JsonSchema, scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { STARTER } from '../../src/scenario/starter.ts';

/** The keywords that the schema uses; any other makes `violations` throw, so that none is passed over. */
const KNOWN = new Set([
  'type', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'enum', 'const', 'pattern', 'anyOf', 'oneOf',
  'minimum', 'maximum', 'exclusiveMinimum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties',
  'patternProperties', '$schema', 'title', 'description', 'default', 'examples',
]);

/** As much of JSON Schema as a scenario needs. Paths of what the schema does not allow. */
function violations(schema: JsonSchema, value: unknown, path = '$'): string[] {
  for (const keyword of Object.keys(schema)) if (!KNOWN.has(keyword)) throw new Error(`unknown keyword ${keyword}`);
  const { type, anyOf, oneOf, enum: names, pattern, minimum, maximum, exclusiveMinimum } = schema;
  const matching = (options: readonly unknown[]) => options.filter((option) => violations(option as JsonSchema, value).length === 0).length;
  if (type !== undefined && type !== kindOf(value) && !(type === 'number' && kindOf(value) === 'integer')) return [`${path}: ${String(type)}`];
  const sound = [
    anyOf === undefined || matching(anyOf) > 0,
    oneOf === undefined || matching(oneOf) === 1,
    names === undefined || names.includes(value as string),
    !('const' in schema) || schema.const === value,
    typeof value !== 'string' || pattern === undefined || new RegExp(pattern, 'u').test(value),
    typeof value !== 'string' || (value.length >= (schema.minLength ?? 0) && value.length <= (schema.maxLength ?? Infinity)),
    typeof value !== 'number' || (value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity) && value > (exclusiveMinimum ?? -Infinity)),
    !Array.isArray(value) || (value.length >= (schema.minItems ?? 0) && value.length <= (schema.maxItems ?? Infinity)),
  ].every(Boolean);
  return [...(sound ? [] : [`${path}: ${JSON.stringify(value)}`]), ...innerViolations(schema, value, path)];
}

function innerViolations({ properties = {}, patternProperties = {}, required = [], additionalProperties, propertyNames, items }: JsonSchema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) return items === undefined ? [] : value.flatMap((item, i) => violations(items as JsonSchema, item, `${path}[${i}]`));
  if (kindOf(value) !== 'object') return [];
  const entries = Object.entries(value as object);
  return [
    ...required.filter((key) => !Object.hasOwn(value as object, key)).map((key) => `${path}.${key} is missing`),
    ...entries.flatMap(([key, inner]) => {
      const pattern = Object.keys(patternProperties).find((each) => new RegExp(each, 'u').test(key));
      const schema = Object.hasOwn(properties, key) ? properties[key] : pattern === undefined ? additionalProperties : patternProperties[pattern];
      const ofName = propertyNames === undefined ? [] : violations(propertyNames as JsonSchema, key, `${path}.${key}`);
      if (schema === false) return [`${path}.${key} is unknown`];
      return [...ofName, ...(typeof schema === 'object' ? violations(schema, inner, `${path}.${key}`) : [])];
    }),
  ];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Every schema within a schema, with the name of the property that it is of; none for an alternative or an item. */
function* parts(schema: JsonSchema, name = ''): Generator<readonly [string, JsonSchema]> {
  yield [name, schema];
  for (const [key, inner] of Object.entries(schema.properties ?? {})) yield* parts(inner as JsonSchema, key);
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* parts(inner as JsonSchema);
  for (const inner of [schema.items, schema.additionalProperties]) if (typeof inner === 'object' && !Array.isArray(inner)) yield* parts(inner);
}

/** Whether an alternative says what it is for, or has fields that do. */
function describedWithin({ anyOf = [], oneOf = [], properties }: JsonSchema): boolean {
  const options = [...anyOf, ...oneOf] as JsonSchema[];
  return properties !== undefined || (options.some((option) => option.description !== undefined || describedWithin(option)));
}

const schema = scenarioJsonSchema();
const folder = new URL('../../scenarios/', import.meta.url);
const committed = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('the JSON Schema', () => {
  it.each(committed)('accepts scenarios/%s', (file) => {
    expect(violations(schema, load(readFileSync(new URL(file, folder), 'utf8')))).toEqual([]);
  });

  it('accepts the scenario that sched init writes', () => {
    expect(violations(schema, load(STARTER))).toEqual([]);
  });

  it.each([
    ['an unknown key', 'maxBatchSize: 8', 'maxBatchsize: 8'],
    ['a duration without a unit', 'tokenTime: 50ms', 'tokenTime: 50'],
    ['an unknown process', 'process: poisson', 'process: poison'],
    ['a number out of range', 'priority: 1', 'priority: 1.5'],
    ['a missing option', 'mean: 200, cv: 1', 'mean: 200'],
    ['an unknown policy', '- fifo', '- fifi'],
  ])('refuses %s', (_, sound, faulty) => {
    const text = STARTER.replace(sound, faulty);
    expect(text).not.toBe(STARTER);
    expect(violations(schema, load(text))).not.toEqual([]);
  });

  it('takes units in either case, as the loader does', () => {
    expect(violations(schema, load(STARTER.replace('50ms', '5E1 MS')))).toEqual([]);
  });

  it('offers every name that there is', () => {
    const constants = new Set([...parts(schema)].flatMap(([, { const: name, enum: names = [] }]) => [name, ...names]));
    for (const { name } of [...ARRIVALS, ...LENGTHS, ...STEP_TIMES, ...POLICIES]) expect(constants).toContain(name);
  });

  it('says what every field is for, and leaves none without a type', () => {
    for (const [name, part] of parts(schema)) {
      expect(part.type ?? part.anyOf ?? part.oneOf ?? part.const, name).toBeDefined();
      if (name !== '') expect(part.description ?? describedWithin(part), name).toBeTruthy();
    }
  });

  it('holds the defaults as they are written, not as they are stored', () => {
    const stepTime = schema.properties!.engine as JsonSchema;
    const [first] = (stepTime.properties!.stepTime as JsonSchema).oneOf as JsonSchema[];
    expect(first!.properties!.tokenTime).toMatchObject({ type: 'string', default: '50ms' });
  });
});
