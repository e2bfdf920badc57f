/**
 * A value that a user gives to a path of a scenario from outside: `--set engine.maxBatchSize=64`.
 *
 * Sources and schedulers are called by name or by position, and `load` is all arrivals at once. What a path leads to
 * is found in what the file says, before any default; the scenario is then validated as if the file said so.
 */
import { isMapping } from '../core/choice.ts';
import type { Fault } from '../core/fault.ts';
import { pathText, valueText } from '../core/path-text.ts';
import type { ScenarioPath, Span } from '../core/place.ts';
import { pathNames } from './setting-path.ts';
import { choicesHelp } from './suggest.ts';
import { readYaml } from './yaml-source.ts';

export interface Setting {
  /** As the user wrote it: `engine.maxBatchSize=64`. */
  readonly text: string;
  readonly names: readonly string[];
  /** Undefined takes out what is there. */
  readonly value: unknown;
}

/** What stands for all arrivals, in place of a path. */
export const LOAD = 'load';

/** Faults of a setting are of its path, of its value, or of where the two meet. */
export type Read<Value> = { readonly value: Value } | { readonly fault: Fault<Span> };

/** Reads `PATH=VALUE`, the value as YAML has it; `null` takes out what the file says. */
export function parseSetting(text: string): Read<Setting> {
  const split = splitSetting(text);
  if ('fault' in split) return split;
  const { names, values, at } = split;
  const read = parseValue(values);
  if ('value' in read) return { value: { text, names, value: read.value } };
  return { fault: { ...read.fault, start: read.fault.start + at, end: read.fault.end + at } };
}

/** The path of `PATH=…`, and what comes after the `=`, which is at `at`. */
export function splitSetting(text: string): { readonly names: readonly string[]; readonly values: string; readonly at: number } | { readonly fault: Fault<Span> } {
  const equals = equalsSign(text);
  if (equals < 0) return { fault: { code: 'setting', message: 'there is no =', help: 'write a path of the scenario and its value: engine.maxBatchSize=64', start: 0, end: Math.max(1, text.length) } };
  const path = pathNames(text.slice(0, equals).trimEnd());
  return 'fault' in path ? path : { names: path.names, values: text.slice(equals + 1), at: equals + 1 };
}

/** The first = that is not within quotes. */
function equalsSign(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (quoted && text[at] === '\\') at++;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '=' && !quoted) return at;
  }
  return -1;
}

/** One value in YAML. */
export function parseValue(text: string): Read<unknown> {
  const whole = { start: 0, end: Math.max(1, text.length) };
  if (text.trim() === '') return { fault: { code: 'setting', message: 'there is no value', help: 'null takes out what the scenario says', ...whole } };
  const read = readYaml(text);
  if ('fault' in read) return { fault: { ...whole, ...read.fault } };
  return read.duplicates ? { fault: { code: 'setting', message: 'a key is given twice', ...whole } } : { value: read.value };
}

type Document = Readonly<Record<string, unknown>>;

/** What a scenario file says, with the setting in it, and where that is. The document itself stays as it was. */
export function applied(document: Document, { names, value }: Setting): { readonly document: Document; readonly path: ScenarioPath } | { readonly fault: Fault } {
  const path: (string | number)[] = [];
  const into = (at: unknown, depth: number): unknown => {
    if (depth === names.length) return value;
    const name = names[depth]!;
    const room = asRoom(at, path);
    if (isList(room)) {
      const position = positionIn(room, name, path);
      path.push(position);
      const entry: unknown = into(room[position], depth + 1);
      return entry === undefined ? room.toSpliced(position, 1) : room.with(position, entry);
    }
    path.push(name);
    return withEntry(room, name, into(Object.hasOwn(room, name) ? room[name] : undefined, depth + 1));
  };
  try {
    return { document: into(document, 0) as Document, path };
  } catch (error) {
    if (error instanceof Nowhere) return { fault: error.fault };
    throw error;
  }
}

function isList(room: Document | readonly unknown[]): room is readonly unknown[] {
  return Array.isArray(room);
}

/** A path that leads nowhere. */
class Nowhere extends Error {
  readonly fault: Fault;

  constructor(message: string, help?: string) {
    super(message);
    this.fault = { code: 'setting', message, help };
  }
}

/** What can have something in it: what is there, or what is meant where there is nothing. */
function asRoom(at: unknown, path: ScenarioPath): Document | readonly unknown[] {
  if (Array.isArray(at) || isMapping(at)) return at;
  if (at === undefined) return path.length === 1 && path[0] === 'schedulers' ? ['fifo', 'priority'] : {};
  if (path.length === 2 && path[0] === 'schedulers' && typeof at === 'string') return { policy: at };
  throw new Nowhere(`${pathText(path)} is ${valueText(at)}: there is nothing in it to be set`, 'set all of it, such as PATH={ distribution: uniform, min: 1, max: 9 }');
}

/** In the place that the key has already; at the end where it is new. */
function withEntry(map: Document, key: string, value: unknown): Document {
  const entries = Object.entries(map).map(([name, before]) => [name, name === key ? value : before] as const);
  return Object.fromEntries([...entries, ...(Object.hasOwn(map, key) ? [] : [[key, value] as const])].filter(([, each]) => each !== undefined));
}

function positionIn(list: readonly unknown[], name: string, path: ScenarioPath): number {
  const names = path.length === 1 ? list.map((entry) => nameOf(entry, path[0]!)) : [];
  const named = names.indexOf(name);
  if (named >= 0) return named;
  if (/^\d+$/.test(name) && Number(name) < list.length) return Number(name);
  const known = names.filter((each) => each !== undefined);
  throw new Nowhere(
    `${pathText(path)} has no ${valueText(name)}`,
    choicesHelp(name, known, path[0] === 'schedulers' ? 'schedulers' : 'sources') ?? `its entries are called 0${list.length > 1 ? ` to ${list.length - 1}` : ''}`,
  );
}

/** What an entry of `workload:` or `schedulers:` is called in the file. */
function nameOf(entry: unknown, list: string | number): string | undefined {
  if (list === 'schedulers') {
    if (typeof entry === 'string') return entry;
    return isMapping(entry) ? text(entry['name'] ?? entry['policy']) : undefined;
  }
  if (list !== 'workload' || !isMapping(entry)) return undefined;
  const source = Object.values(entry).find(isMapping);
  return source && text(source['name']);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
