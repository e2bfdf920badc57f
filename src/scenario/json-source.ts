/**
 * A JSON text as one value, or the first thing that is wrong with it.
 *
 * JSON.parse makes the value. What it does not tell (where an error is, where a value stands, duplicate keys)
 * comes from a reading of our own, when there is something to tell.
 */
import { jsonTree } from './json-tree.ts';
import { MAX_DEPTH, MAX_PARTS, type Source, tooManyParts, type Unreadable } from './source.ts';

/** Reads a strict JSON text: no comments, no trailing commas. A text without content is undefined. */
export function readJson(text: string): Source | Unreadable {
  if (text.trim() === '') return { value: undefined, tree: () => ({ root: { start: 0, end: 0 }, duplicates: [] }), duplicates: false };
  const { depth, keys, parts } = survey(text);
  if (parts > MAX_PARTS) return { fault: tooManyParts };
  const value = depth > MAX_DEPTH ? INVALID : parse(text);
  const tree = () => {
    const read = jsonTree(text);
    if ('fault' in read) throw new Error(`JSON.parse takes what the reader does not: ${read.fault.message}`);
    return read;
  };
  if (value !== INVALID) return { value, tree, duplicates: keysOf(value) < keys };
  const read = jsonTree(text);
  return 'fault' in read ? read : { fault: { code: 'json-syntax', message: 'not valid JSON' } };
}

const INVALID = Symbol('invalid');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;

/** Deepest nesting, number of keys, and of keys and values together, of a text that is valid JSON; of any other, as far as it is. */
function survey(text: string): { depth: number; keys: number; parts: number } {
  let depth = 0;
  let deepest = 0;
  let keys = 0;
  let parts = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++;
    } else if (code === COLON) {
      // Outside of texts, colons only follow keys.
      keys++;
      parts++;
    } else if (code === COMMA) {
      parts++;
    } else if (code === 0x7b || code === 0x5b) {
      parts++;
      if (++depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return { depth: deepest, keys, parts };
}

/** Number of keys of a value: fewer than its text has where some are duplicate. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) keys += keysOf(inner);
  return keys;
}
