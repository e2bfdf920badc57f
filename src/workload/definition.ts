/**
 * What arrival processes and length distributions have in common: a name, a line about it, options with
 * units. The scenario's schema, `sched list` and the JSON Schema are derived from the lists of them.
 */
import * as v from 'valibot';

export interface Definition<Options> {
  readonly name: string;
  readonly summary: string;
  /** Entries of a strict object, beside the one that names the definition. */
  readonly options: Readonly<Record<string, v.GenericSchema<unknown, unknown>>>;
  /** What is wrong with options that are each fine by themselves; undefined: nothing. */
  check?(options: Options): string | undefined;
}

/** Options as the schema leaves them, with the name of their definition under `process` or `distribution`. */
export type Chosen<Key extends string> = { readonly [key in Key]: string } & Readonly<Record<string, unknown>>;

/** A mapping with one alternative per definition, told apart by the name under `key`. */
export function definitionSchema<Key extends string>(
  key: Key,
  definitions: readonly Definition<never>[],
  extra: Readonly<Record<string, v.GenericSchema<unknown, unknown>>> = {},
): v.GenericSchema<unknown, Chosen<Key>> {
  const [first, ...rest] = definitions.map((definition) => alternative(key, definition, extra));
  return v.variant(key, [first!, ...rest]) as v.GenericSchema<unknown, Chosen<Key>>;
}

function alternative<Key extends string>(
  key: Key,
  definition: Definition<never>,
  extra: Readonly<Record<string, v.GenericSchema<unknown, unknown>>>,
): v.VariantOptions<Key>[number] {
  const fault = (options: unknown) => definition.check?.(options as never);
  return v.pipe(
    v.strictObject({
      [key]: v.pipe(v.literal(definition.name), v.description(definition.summary)),
      ...extra,
      ...definition.options,
    }),
    v.check((options) => fault(options) === undefined, (issue) => fault(issue.input) ?? 'is not valid'),
  ) as v.GenericSchema as v.VariantOptions<Key>[number];
}

/** The definition that validated options name. */
export function definitionOf<D extends Definition<never>>(definitions: readonly D[], name: string): D {
  const found = definitions.find((definition) => definition.name === name);
  if (!found) throw new RangeError(`no definition is named ${name}`);
  return found;
}
