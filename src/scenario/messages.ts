/**
 * The schema library's issues in plain words: the one place where faults of values become sentences.
 *
 * A sentence is the field's path, a predicate and what was found: `engine.maxBatchSize must be at least 1
 * (found 0)`. The predicate of a fault that an option schema words itself is its message up to the first
 * `; `, the rest of it the help.
 */
import { grouped } from '../core/grouped.ts';
import type { BaseIssue, GenericSchema } from 'valibot';
import type { Fault } from '../core/fault.ts';
import { DURATION_HELP } from '../core/options.ts';
import { pathText, sentence, valueText } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { isMapping } from '../core/choice.ts';
import { exampleOf } from './examples.ts';
import { valueAt } from './paths.ts';
import { descriptionAt } from './schema-shape.ts';
import { choicesHelp } from './suggest.ts';

type Issue = BaseIssue<unknown>;

/** What the fault is said of: the scenario as read, and its schema. */
export interface Subject {
  readonly value: unknown;
  readonly schema: GenericSchema;
}

/** The faults that an issue stands for: one, or those within the alternative of a union that was meant. */
export function faultsOf(issue: Issue, subject: Subject, base: ScenarioPath = []): Fault<ScenarioPlace>[] {
  const path = pathInText([...base, ...(issue.path ?? []).map(({ key }) => key as string | number)], subject.value);
  if (issue.type === 'union' && issue.issues) {
    const deeper = issue.issues.filter(({ path: inner }) => inner !== undefined);
    if (deeper.length > 0) return deeper.flatMap((inner) => faultsOf(inner, subject, path));
  }
  return [fault(issue, path, subject)];
}

/** Where text stands for a map (a policy's name for the policy with its defaults), faults are of the text. */
function pathInText(path: ScenarioPath, root: unknown): ScenarioPath {
  const parent = valueAt(root, path.slice(0, -1));
  return path.length > 0 && parent !== undefined && typeof parent !== 'object' ? path.slice(0, -1) : path;
}

function fault(issue: Issue, path: ScenarioPath, { value: root, schema }: Subject): Fault<ScenarioPlace> {
  const value = valueAt(root, path);
  const name = pathText(path);
  if (issue.expected === 'never') return { code: 'unknown-key', message: `unknown key ${name}`, path, at: 'key' };
  const description = descriptionAt(schema, root, path);
  const expected = choices(issue);
  if (isMissing(issue, value)) {
    const last = String(path.at(-1));
    const example = exampleOf(last);
    const about = description && `${last}: ${description}`;
    const help = expected.length > 0 ? `${last} is one of: ${expected.join(', ')}` : example === undefined ? about : `${about ?? last}; write ${example}`;
    return { code: 'missing-key', message: `${name} is missing`, help, path };
  }
  if (value === null) {
    const help = `${description === undefined ? 'give it a value' : `give it a value (${description})`}, or remove it`;
    return { code: 'missing-value', message: `${name} has no value`, help, path };
  }
  const [predicate, ownHelp] = split(issue.message);
  const isKey = issue.path?.at(-1)?.origin === 'key';
  const telling = typeof value !== 'object' || (issue.kind === 'schema' && issue.type !== 'custom');
  const found = isKey || value === undefined || !telling ? '' : ` (found ${valueText(value)})`;
  return {
    code: isKey ? 'bad-name' : codeOf(issue),
    message: sentence(path, predicate) + found,
    help: ownHelp ?? slipHelp(issue, value) ?? mapHelp(issue, value, path) ?? (expected.length > 1 ? choicesHelp(String(value), expected, 'choices') : description),
    path,
    ...(isKey ? { at: 'key' as const } : {}),
  };
}

/** A key that is not there: of a map, or the one that tells the alternatives of a variant apart. */
function isMissing(issue: Issue, value: unknown): boolean {
  const last = issue.path?.at(-1);
  return value === undefined && issue.received === 'undefined' && last !== undefined && (last.origin === 'key' || issue.type === 'variant');
}

function split(message: string): readonly [string, string | undefined] {
  if (message.startsWith('write ')) return ['is not written as it should be', message];
  const at = message.indexOf('; ');
  return at < 0 ? [message, undefined] : [message.slice(0, at), message.slice(at + 2)];
}

/** The names that would be right, where the schema is a choice between names. */
function choices({ type, expected, path }: Issue): readonly string[] {
  const isChoice = type === 'picklist' || type === 'literal' || (type === 'variant' && path?.at(-1)?.origin === 'value');
  return isChoice ? [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, name]) => name!) : [];
}

function codeOf(issue: Issue): string {
  if (issue.message.endsWith(DURATION_HELP)) return 'bad-duration';
  switch (issue.type) {
    case 'picklist':
    case 'literal':
      return 'unknown-name';
    case 'variant':
      return choices(issue).length > 0 ? 'unknown-name' : 'wrong-type';
    case 'finite':
    case 'safe_integer':
    case 'integer':
      return 'bad-number';
    case 'number':
      return Number.isNaN(issue.input) ? 'bad-number' : 'wrong-type';
    case 'regex':
      return 'bad-format';
    default:
      if (issue.kind === 'schema' && issue.type !== 'custom') return 'wrong-type';
      return /^(min|max|gt|lt|non)_/.test(issue.type) ? 'out-of-range' : 'invalid-value';
  }
}

/** What usually lies behind a value of the wrong type. */
function slipHelp(issue: Issue, value: unknown): string | undefined {
  if (issue.kind !== 'schema') return undefined;
  if (issue.type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `put it in quotes: "${value}"`;
  if (issue.type === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return `write it without quotes: ${value}`;
  if (issue.type === 'boolean' && typeof value === 'string' && /^(yes|no|on|off)$/i.test(value)) return 'YAML 1.2 knows only true and false';
  if (issue.type === 'array') return 'begin each entry with a dash and a space: - …';
  return undefined;
}

/** How the map is written for which something else stands: `arrivals: poisson`. */
function mapHelp(issue: Issue, value: unknown, path: ScenarioPath): string | undefined {
  const wantsMap = issue.kind === 'schema' && (issue.type === 'strict_object' || issue.type === 'record' || issue.type === 'variant');
  const example = wantsMap && !isMapping(value) ? exampleOf(path.at(-1)) : undefined;
  return example && `write ${example}`;
}

/** The predicate of an issue that the schema does not word itself. */
export function predicate(issue: Issue): string {
  const limit = issue.requirement;
  switch (issue.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'array':
    case 'record':
    case 'strict_object':
    case 'union':
      return `must be ${kinds(issue.expected ?? '')}`;
    case 'variant':
    case 'picklist':
    case 'literal': {
      const names = choices(issue);
      return names.length > 3 ? 'is not one of the choices' : `must be ${names.join(' or ') || kinds(issue.expected ?? '')}`;
    }
    case 'finite':
      return 'must be a finite number';
    case 'safe_integer':
    case 'integer':
      return Number.isInteger(issue.input) ? 'is too large to be exact' : 'must be a whole number';
    case 'min_value':
      return `must be at least ${amount(limit)}`;
    case 'max_value':
      return `must be at most ${amount(limit)}`;
    case 'gt_value':
      return `must be greater than ${amount(limit)}`;
    case 'lt_value':
      return `must be less than ${amount(limit)}`;
    case 'non_empty':
    case 'min_length':
    case 'min_entries':
      return 'must not be empty';
    case 'max_length':
    case 'max_entries':
      return `must not have more than ${amount(limit)} ${typeof issue.input === 'string' ? 'characters' : 'entries'}`;
    default:
      return 'is not valid';
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', boolean: 'true or false', Object: 'a map of keys', Array: 'a list',
};

/** The library's `(string | Object)` as `text or a map of keys`. */
function kinds(expected: string): string {
  const names = expected.replace(/[()"]/g, '').split(' | ').map((kind) => KINDS[kind] ?? kind);
  return [...new Set(names)].join(' or ');
}

function amount(limit: unknown): string {
  return typeof limit === 'number' && Number.isInteger(limit) && Math.abs(limit) >= 10_000 && Math.abs(limit) < 1e15 ? grouped(limit) : String(limit);
}
