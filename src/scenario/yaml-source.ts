/** A YAML text as one value, with the place of everything in it, or what is wrong with it. */
import { constructFromEvents, CORE_SCHEMA, type Event, EVENT_ID, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import type { Source, Unreadable } from './source.ts';
import { MAX_DEPTH, MAX_PARTS, tooManyParts } from './source.ts';
import { yamlTree } from './yaml-tree.ts';

/** Most values that aliases may stand for, counted each time they are used: 25,000 requests that share an SLA. */
const MAX_ALIASED = 200_000;

/** YAML 1.2, and the merge keys of 1.1 that Compose, GitLab and their users share blocks with. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads a single YAML document. A value without content is undefined. */
export function readYaml(text: string): Source | Unreadable {
  if (mayHold(text) > MAX_PARTS) return { fault: tooManyParts };
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    return { fault: syntaxFault(error, text) };
  }
  const fault = boundsFault(events, text);
  if (fault) return { fault };
  const tree = () => yamlTree(parseEvents(text, { maxDepth: MAX_DEPTH }), text);
  try {
    return { value: construct(events, text, false), tree, duplicates: false };
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') return { fault: syntaxFault(error, text) };
  }
  // Only the first duplicate key was seen: read on without minding them, and find them all in the tree.
  try {
    return { value: construct(events, text, true), tree, duplicates: true };
  } catch (error) {
    return { fault: syntaxFault(error, text) };
  }
}

/** Most keys and values that a text may hold, by what parts them: at least one such thing stands before each but the first. */
function mayHold(text: string): number {
  let parts = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPENING_BRACKET || code === OPENING_BRACE) parts++;
    else if (code < PARTING.length && PARTING[code] === 1 && text.charCodeAt(i + 1) !== code) parts++;
    else if ((code === DASH || code === QUESTION_MARK) && text.charCodeAt(i + 1) <= SPACE) parts++;
  }
  return parts;
}

const SPACE = 0x20;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const DASH = 0x2d;
const QUESTION_MARK = 0x3f;

/** By character; of several in a row, as blank lines have them, the last counts. */
const PARTING = Uint8Array.from({ length: 128 }, (_, code) => Number('\n\r,:'.includes(String.fromCharCode(code))));

function construct(events: Event[], source: string, duplicateKeys: boolean): unknown {
  const value = constructFromEvents(events, { source, json: duplicateKeys, schema: SCHEMA, maxTotalMergeKeys: MAX_ALIASED })[0];
  return value === null ? undefined : value;
}

/** A second document, an alias within what it stands for, or aliases that stand for too much. */
function boundsFault(events: readonly Event[], text: string): Fault<Span> | undefined {
  /** Values within an anchor, itself included; 0 while it is still open. */
  const sizes = new Map<string, number>();
  const open: { anchor: string | undefined; size: number }[] = [];
  let documents = 0;
  let aliased = 0;
  let cursor = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++documents > 1) return secondDocument(text, cursor);
        open.push({ anchor: undefined, size: 0 });
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        cursor = event.start;
        const anchor = anchorOf(event, text);
        if (anchor !== undefined) sizes.set(anchor, 0);
        open.push({ anchor, size: 1 });
        break;
      }
      case EVENT_ID.SCALAR: {
        if (event.valueEnd >= 0) cursor = event.valueEnd;
        const anchor = anchorOf(event, text);
        if (anchor !== undefined) sizes.set(anchor, 1);
        open.at(-1)!.size++;
        break;
      }
      case EVENT_ID.ALIAS: {
        const span = { start: event.anchorStart - 1, end: event.anchorEnd };
        const name = text.slice(event.anchorStart, event.anchorEnd);
        const size = sizes.get(name);
        if (size === undefined) {
          const help = `write &${name} before the value that it should repeat`;
          return { code: 'yaml-syntax', message: `the alias *${name} has no anchor before it`, help, ...span };
        }
        if (size === 0) return { code: 'yaml-alias', message: `the alias *${name} stands within the value that it repeats`, ...span };
        aliased += size;
        if (aliased > MAX_ALIASED) {
          return { code: 'yaml-alias', message: `aliases repeat more than ${MAX_ALIASED} values`, ...span };
        }
        open.at(-1)!.size += size;
        break;
      }
      case EVENT_ID.POP: {
        const { anchor, size } = open.pop()!;
        if (anchor !== undefined) sizes.set(anchor, size);
        const parent = open.at(-1);
        if (parent) parent.size += size;
        break;
      }
    }
  }
  return undefined;
}

function anchorOf(event: { anchorStart: number; anchorEnd: number }, text: string): string | undefined {
  return event.anchorStart >= 0 ? text.slice(event.anchorStart, event.anchorEnd) : undefined;
}

function secondDocument(text: string, after: number): Fault<Span> {
  const marker = text.slice(after).search(/^(---|\.\.\.)/m);
  const start = marker < 0 ? text.length : after + marker;
  return {
    code: 'several-documents',
    message: 'the file holds more than one YAML document',
    help: 'a scenario is one document: remove the line, or put the others in files of their own',
    start,
    end: start + 3,
  };
}

/** What helps with the slips that people make most, by a part of the parser's words. */
const SYNTAX_HELP: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, 'indent with spaces: YAML does not allow tabs there'],
  [/deficient indentation/, 'indent what belongs to a key by at least one space, the closing bracket or quote too'],
  [/indentation|expected ':'|multiline key|end of the stream or a document/, 'keys of one map start in the same column, and each is followed by a colon and a space'],
  [/merge mappings/, 'merge what an anchor names: <<: *name, or <<: [*one, *other]'],
  [/merge (keys|sequence)/, 'write the keys out'],
  [/quoted scalar/, 'close the quote'],
  [/flow collection/, 'separate entries with commas, and close every [ and {'],
  [/maxDepth/, 'a scenario needs no more than ten levels'],
  [/complex keys/, 'a key is plain text; put text that begins with [ or { in quotes'],
  [/tag/, 'scenarios use no tags: put text that begins with ! in quotes'],
];

function syntaxFault(error: unknown, text: string): Fault | Fault<Span> {
  // The parser may throw other errors on hostile input; they have no place.
  if (!(error instanceof YAMLException)) return { code: 'yaml-syntax', message: `not valid YAML: ${String(error)}` };
  const start = error.mark?.position ?? 0;
  const help = /[>|@`%]/.test(text[start] ?? '')
    ? `put text that begins with ${text[start]} in quotes`
    : SYNTAX_HELP.find(([words]) => words.test(error.reason))?.[1];
  return {
    code: 'yaml-syntax',
    message: `not valid YAML: ${error.reason.replace(/ \(\d+\)$/, '').replace('maxDepth', `${MAX_DEPTH} levels`)}`,
    help,
    start,
    end: start + 1,
  };
}
