/**
 * The shape behind a valibot schema: which keys a map may have, and what the value at a path is for.
 *
 * Messages need both, and a schema's issues tell neither.
 */
import { type GenericSchema, getDescription } from 'valibot';
import { isMapping } from '../core/choice.ts';

/** What a value in the text is read as. */
export type Shape =
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, GenericSchema>> }
  | { readonly kind: 'record'; readonly value: GenericSchema }
  | { readonly kind: 'list'; readonly item: GenericSchema }
  /** A map, but none of the alternatives that there are. */
  | { readonly kind: 'unclear map' }
  | { readonly kind: 'scalar' };

/** The parts of a schema that its shape is read from; which of them exist depends on its type. */
interface Parts {
  readonly type: string;
  readonly kind: string;
  readonly pipe?: readonly Parts[];
  readonly wrapped?: Parts;
  readonly entries?: Readonly<Record<string, Parts>>;
  readonly item?: Parts;
  readonly value?: Parts;
  readonly options?: readonly Parts[];
  readonly select?: (input: unknown) => Parts | string;
  /** A variant's discriminator. */
  readonly key?: string;
  readonly literal?: unknown;
}

/** What `value` is read as under `schema`; undefined when that is not clear. */
export function shapeOf(schema: GenericSchema, value: unknown): Shape | undefined {
  const shapes = [...alternatives(schema as unknown as Parts, value)].filter((shape) => fits(shape, value));
  return shapes.length === 1 ? shapes[0] : undefined;
}

/** Whether some alternative of `schema` is a map. */
export function allowsMap(schema: GenericSchema, value: unknown): boolean {
  return [...alternatives(schema as unknown as Parts, value)].some(({ kind }) => kind !== 'scalar' && kind !== 'list');
}

function fits({ kind }: Shape, value: unknown): boolean {
  if (Array.isArray(value)) return kind === 'list';
  return isMapping(value) ? kind !== 'list' && kind !== 'scalar' : kind === 'scalar';
}

function* alternatives(schema: Parts, value: unknown): Generator<Shape> {
  if (schema.pipe) {
    // A pipe holds itself first, as a schema without its pipe; later schemas see what was transformed.
    for (const step of schema.pipe) if (step.kind === 'schema') yield* alternatives(step, value);
  } else if (schema.wrapped) {
    yield* alternatives(schema.wrapped, value);
  } else if (schema.type === 'union') {
    yield* unionShapes(schema, value);
  } else if (schema.type === 'variant') {
    const chosen = isMapping(value) ? schema.options!.find(({ entries }) => accepts(entries![schema.key!]!, value[schema.key!])) : undefined;
    yield chosen ? mapOf(chosen.entries!) : { kind: 'unclear map' };
  } else if (schema.type === 'strict_object') {
    yield mapOf(schema.entries!);
  } else if (schema.type === 'record') {
    yield { kind: 'record', value: schema.value as unknown as GenericSchema };
  } else if (schema.type === 'array') {
    yield { kind: 'list', item: schema.item as unknown as GenericSchema };
  } else {
    yield { kind: 'scalar' };
  }
}

function* unionShapes({ options, select }: Parts, value: unknown): Generator<Shape> {
  const chosen = select?.(value);
  if (typeof chosen === 'object') {
    yield* alternatives(chosen, value);
  } else if (chosen !== undefined && isMapping(value)) {
    // Maps that are told apart by their keys, and these keys do not: any of them may have been meant.
    yield mapOf(Object.assign({}, ...options!.map(({ entries }) => entries)) as Readonly<Record<string, Parts>>);
  } else {
    for (const option of options!) yield* alternatives(option, value);
  }
}

function mapOf(entries: Readonly<Record<string, Parts>>): Shape {
  return { kind: 'map', entries: entries as unknown as Readonly<Record<string, GenericSchema>> };
}

function accepts(discriminator: Parts, value: unknown): boolean {
  return discriminator.type === 'literal' && discriminator.literal === value;
}

/** Every key that some map which `schema` allows may have, without those of the maps within it. */
export function keysWithin(schema: GenericSchema): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = ({ pipe, wrapped, options, entries }: Parts): void => {
    for (const key of Object.keys(entries ?? {})) keys.add(key);
    for (const inner of [...(pipe ?? []).filter(({ kind, pipe: own }) => kind === 'schema' && own === undefined), ...(wrapped ? [wrapped] : []), ...(options ?? [])]) {
      if (typeof inner === 'object') visit(inner);
    }
  };
  visit(schema as unknown as Parts);
  return keys;
}

/** What the schema says that the value at `path` is for; undefined when it says nothing, or knows no such path. */
export function descriptionAt(root: GenericSchema, value: unknown, path: readonly (string | number)[]): string | undefined {
  let schema: GenericSchema | undefined = root;
  let at = value;
  for (const step of path) {
    schema = schema && childSchema(schema, at, step);
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string | number, unknown>>)[step] : undefined;
  }
  return schema && describe(schema);
}

function childSchema(schema: GenericSchema, value: unknown, step: string | number): GenericSchema | undefined {
  const shape = shapeOf(schema, value);
  if (shape?.kind === 'list') return shape.item;
  if (shape?.kind === 'record') return shape.value;
  return shape?.kind === 'map' && Object.hasOwn(shape.entries, step) ? shape.entries[step] : undefined;
}

function describe(schema: GenericSchema): string | undefined {
  const { wrapped, options } = schema as unknown as { readonly wrapped?: GenericSchema; readonly options?: readonly unknown[] };
  const own = getDescription(schema as Parameters<typeof getDescription>[0]);
  if (own !== undefined || schema.type === 'variant') return own;
  const inner = wrapped ? [wrapped] : schema.type === 'union' ? (options as readonly GenericSchema[]) : [];
  for (const option of inner) {
    const description = describe(option);
    if (description !== undefined) return description;
  }
  return undefined;
}
