/** What an option schema says about itself: type and range, default, meaning. What `sched list` shows, read off the schema that validates. */
import * as v from 'valibot';
import { DURATION_PATTERN } from '../core/options.ts';
import type { OptionFacts } from '../render/catalog.ts';
import { grouped } from '../render/quantities.ts';

/** A schema, or one action of its pipe, seen from outside: valibot's own types say less than its values hold. */
interface Part {
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
}

/** Facts of each entry, in the order in which the definition lists them. */
export function optionFacts(options: Readonly<Record<string, v.GenericSchema>>): OptionFacts[] {
  return Object.entries(options).map(([name, schema]) => {
    const { type, wrapped } = part(schema);
    const optional = type === 'optional' && wrapped !== undefined;
    const inner = optional ? wrapped : schema;
    const fallback: unknown = optional ? v.getDefault(schema as v.OptionalSchema<v.GenericSchema, unknown>) : undefined;
    return {
      name,
      type: typeOf(flattened(part(inner))),
      required: !optional,
      default: fallback === undefined ? null : plain(fallback),
      summary: v.getDescription(inner) ?? '',
    };
  });
}

function part(schema: v.GenericSchema): Part {
  return schema as unknown as Part;
}

/** The first schema of a pipe and all that follows it, pipes within pipes laid out flat. */
function flattened(from: Part): Part[] {
  return from.pipe === undefined ? [from] : from.pipe.flatMap((each) => (each === from ? [each] : flattened(each)));
}

function typeOf(parts: readonly Part[]): string {
  const { type, options } = parts[0]!;
  if (type === 'string') return parts.some(({ requirement }) => requirement === DURATION_PATTERN) ? 'duration' : 'text';
  if (type === 'number') return `${parts.some((each) => each.type === 'safe_integer') ? 'whole number' : 'number'}${range(parts)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'picklist') return (options ?? []).map(String).join(' | ');
  if (type === 'array') return 'list';
  return type === 'record' ? 'mapping' : type;
}

function range(parts: readonly Part[]): string {
  const limit = (type: string) => {
    const value = parts.find((each) => each.type === type)?.requirement;
    return typeof value === 'number' ? value : undefined;
  };
  const above = limit('gt_value');
  const least = limit('min_value');
  const most = limit('max_value');
  if (above !== undefined) return ` > ${above}`;
  if (least === undefined) return '';
  const unbounded = most === undefined || most >= Number.MAX_SAFE_INTEGER;
  return unbounded ? ` ≥ ${least}` : ` ${ends(least)}–${ends(most)}`;
}

/** A bound as a person writes it; a million looks like one. */
function ends(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value);
}

function plain(value: unknown): OptionFacts['default'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
