/** What an option schema says about itself: type and range, default, meaning. What `sched list` shows, read off the schema that validates. */
import * as v from 'valibot';
import { grouped } from '../core/grouped.ts';
import { DURATION_PATTERN, PERCENT_PATTERN } from '../core/options.ts';
import type { OptionFacts } from './facts.ts';

/**
 * A schema, or one action of its pipe, seen from outside: valibot's own types say less than its values hold.
 * Which of the parts exist depends on its type.
 */
export interface Part {
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly wrapped?: v.GenericSchema;
  /** Choices of a picklist, alternatives of a union or a variant. */
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
  readonly literal?: unknown;
  /** What tells the alternatives of a variant apart. */
  readonly key?: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
}

/** Facts of each entry, in the order in which the definition lists them. */
export function optionFacts(options: Readonly<Record<string, v.GenericSchema>>): OptionFacts[] {
  return Object.entries(options).map(([name, schema]) => {
    const { type, wrapped } = partOf(schema);
    const optional = type === 'optional' && wrapped !== undefined;
    const inner = optional ? wrapped : schema;
    const fallback: unknown = optional ? v.getDefault(schema as v.OptionalSchema<v.GenericSchema, unknown>) : undefined;
    return {
      name,
      type: typeOf(inner),
      required: !optional,
      default: fallback === undefined ? null : plain(fallback),
      summary: descriptionOf(inner),
    };
  });
}

/** The schema seen from outside. */
export function partOf(schema: v.GenericSchema): Part {
  return schema as unknown as Part;
}

/** Of a union that says nothing itself: what its first alternative says. */
function descriptionOf(schema: v.GenericSchema): string {
  const own = v.getDescription(schema);
  const { type, options } = partOf(schema);
  if (own !== undefined || type !== 'union') return own ?? '';
  return descriptionOf((options as readonly v.GenericSchema[])[0]!);
}

/** The first schema of a pipe and all that follows it, pipes within pipes laid out flat. */
function flattened(from: Part): Part[] {
  return from.pipe === undefined ? [from] : from.pipe.flatMap((each) => (each === from ? [each] : flattened(each)));
}

const MAPPING = 'mapping';
const DURATION = 'duration';
const OR = ' or ';

function plural(type: string): string {
  return type === MAPPING ? `${MAPPING}s` : type;
}

function typeOf(schema: v.GenericSchema): string {
  const parts = flattened(partOf(schema));
  const { type, options, key, literal, item, value } = parts[0]!;
  if (type === 'string') {
    if (parts.some(({ requirement }) => requirement === PERCENT_PATTERN)) return 'percentage';
    return parts.some(({ requirement }) => requirement === DURATION_PATTERN) ? DURATION : 'text';
  }
  if (type === 'number') return `${parts.some((each) => each.type === 'safe_integer') ? 'whole number' : 'number'}${range(parts)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'picklist') return (options ?? []).map(String).join(' | ');
  if (type === 'literal') return String(literal);
  if (type === 'union') {
    const types = new Set((options as readonly v.GenericSchema[]).flatMap((option) => typeOf(option).split(OR)));
    // A bare 0 goes without saying.
    if (types.has(DURATION)) types.delete('0');
    return [...types].join(OR);
  }
  if (type === 'variant') return `{ ${key}: … }`;
  if (type === 'strict_object') return MAPPING;
  if (type === 'array') return `list of ${plural(typeOf(item!))}`;
  if (type === 'record') return typeOf(value!) === MAPPING ? MAPPING : `${MAPPING} to ${typeOf(value!)}`;
  return type;
}

function range(parts: readonly Part[]): string {
  const limit = (type: string) => {
    const value = parts.find((each) => each.type === type)?.requirement;
    return typeof value === 'number' ? value : undefined;
  };
  const above = limit('gt_value');
  const least = limit('min_value');
  const most = limit('max_value');
  const unbounded = most === undefined || most >= Number.MAX_SAFE_INTEGER;
  if (above !== undefined) return unbounded ? ` > ${above}` : ` > ${above}, ≤ ${ends(most)}`;
  if (least === undefined) return '';
  if (unbounded) return ` ≥ ${least}`;
  return least < 0 ? ` ${ends(least)} to ${ends(most)}` : ` ${ends(least)}–${ends(most)}`;
}

/** A bound as a person writes it; a million looks like one. */
function ends(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
}

function plain(value: unknown): OptionFacts['default'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
