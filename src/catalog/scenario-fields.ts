/** The fields of a scenario, mapping by mapping, read off the schema that scenarios are loaded with. */
import type { GenericSchema } from 'valibot';
import { scenarioSchema } from '../scenario/schema.ts';
import type { FieldGroup } from './facts.ts';
import { optionFacts, type Part, partOf } from './option-facts.ts';

/**
 * Every mapping of a scenario, outer before inner. Where one of several mappings is meant (the sources of a
 * workload) they make one group, none of whose fields is required by itself. Those that a name tells apart
 * (policies, distributions) are left to the catalog.
 */
export function scenarioFields(): FieldGroup[] {
  const groups = new Map<string, FieldGroup>();
  for (const { path, fields } of mappings('', scenarioSchema())) {
    const before = groups.get(path);
    groups.set(path, before ? { path, fields: [...before.fields, ...fields].map((field) => ({ ...field, required: false })) } : { path, fields });
  }
  return [...groups.values()];
}

function* mappings(path: string, schema: GenericSchema): Generator<FieldGroup> {
  const { type, wrapped, entries, item, value, options } = shapeOf(schema);
  if (wrapped) yield* mappings(path, wrapped);
  if (entries) {
    yield { path, fields: optionFacts(entries) };
    for (const [name, field] of Object.entries(entries)) yield* mappings(path === '' ? name : `${path}.${name}`, field);
  }
  if (item) yield* mappings(`${path}[]`, item);
  if (value) yield* mappings(`${path}.NAME`, value);
  if (type === 'union') for (const option of options as readonly GenericSchema[]) yield* mappings(path, option);
}

/** A pipe begins with what it takes in: that is what the user writes. */
function shapeOf(schema: GenericSchema): Part {
  const part = partOf(schema);
  const first = part.pipe?.[0];
  return first && first !== part ? shapeOf(first as unknown as GenericSchema) : part;
}
