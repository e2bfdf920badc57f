/**
 * A union whose alternative is chosen by a look at the input.
 *
 * A plain union that fails can only say that nothing matched; here the messages are about the alternative
 * that was meant (the keys of a mapping, the range of a number). To the JSON Schema it is a union like any other.
 */
import * as v from 'valibot';

type Schemas = readonly [v.GenericSchema, ...v.GenericSchema[]];

/** A union that says which of its options an input is meant to be, or why it can be none of them. */
export interface ChoiceSchema<Options extends Schemas> extends v.UnionSchema<Options, undefined> {
  readonly select: (input: unknown) => Options[number] | string;
}

/**
 * @param options the alternatives
 * @param select the one that an input is meant to be, or what to say when it can be none of them
 */
export function choice<const Options extends Schemas>(
  options: Options,
  select: (input: unknown) => Options[number] | string,
): ChoiceSchema<Options> {
  return {
    ...v.union(options),
    select,
    '~run'(dataset, config) {
      const chosen = select(dataset.value);
      const schema: v.GenericSchema = typeof chosen === 'string' ? v.custom(() => false, chosen) : chosen;
      return schema['~run'](dataset, config) as ReturnType<v.UnionSchema<Options, undefined>['~run']>;
    },
  };
}

/** Whether the input is a mapping (and not a list). */
export function isMapping(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
