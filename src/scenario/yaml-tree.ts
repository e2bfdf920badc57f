/**
 * The places of a YAML text, from the parser's events.
 *
 * Events carry offsets: of plain scalars as they are, of quoted ones within the quotes, of block scalars the
 * lines below the indicator, of empty ones none.
 */
import { CORE_SCHEMA, type Event, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Span } from '../core/place.ts';
import type { DuplicateKey, SourceEntry, SourceNode, SourceTree } from './source-tree.ts';

/** The key that merges what it names into its mapping; in quotes it is a key like any other. */
const MERGE = '<<';

/** What is being filled while its events come in. */
interface Frame {
  /** Its key or index in the frame below; none in the lowest. */
  readonly step: string | number | undefined;
  readonly node: SourceNode & { end: number };
  readonly entries?: Map<string, SourceEntry>;
  readonly items?: SourceNode[];
  /** What its merge keys name. */
  readonly merged: SourceNode[];
  /** The key whose value comes next. */
  key?: { readonly name: string; readonly span: Span } | undefined;
}

/** A node, and its text where it is a scalar that may serve as a key. */
interface Anchored {
  readonly node: SourceNode;
  readonly name: string;
}

/** @param events of one document that the parser and the constructor have accepted, but for duplicate keys */
export function yamlTree(events: readonly Event[], text: string): SourceTree {
  const duplicates: DuplicateKey[] = [];
  const anchors = new Map<string, Anchored>();
  const frames: Frame[] = [];
  let root: SourceNode = { start: 0, end: 0 };
  // Where the last thing with an offset ended: the only trace of an empty value.
  let cursor = 0;

  const add = (node: SourceNode, name: () => string): void => {
    const frame = frames.at(-1);
    if (!frame) {
      root = node;
    } else if (frame.items) {
      frame.items.push(node);
    } else if (!frame.key) {
      frame.key = { name: name(), span: node };
    } else {
      const { name: key, span } = frame.key;
      frame.key = undefined;
      if (text.slice(span.start, span.end) === MERGE) {
        frame.merged.push(node);
        return;
      }
      const earlier = frame.entries!.get(key);
      if (earlier) duplicates.push({ path: [...frames.slice(1).map(({ step }) => step!), key], key: span, first: earlier.key });
      // An empty value has no place of its own: its key stands for it.
      frame.entries!.set(key, { key: span, value: node.start === node.end && !node.entries && !node.items ? span : node });
    }
  };
  const anchor = (event: { anchorStart: number; anchorEnd: number }, node: SourceNode, name: string): void => {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), { node, name });
  };
  const open = (event: Extract<Event, { start: number }>, content: Pick<Frame, 'entries' | 'items'>): void => {
    const node = { start: event.start, end: event.start + 1, ...content };
    cursor = event.start;
    anchor(event, node, '');
    const parent = frames.at(-1);
    const step = parent?.key?.name ?? parent?.items?.length;
    add(node, () => '');
    frames.push({ step, node, ...content, merged: [] });
  };

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
        open(event, { entries: new Map() });
        break;
      case EVENT_ID.SEQUENCE:
        open(event, { items: [] });
        break;
      case EVENT_ID.SCALAR: {
        const node = event.valueStart < 0 ? emptySpan(text, cursor, frames.at(-1)) : scalarSpan(event, text);
        cursor = node.end;
        const name = (): string => keyName(event, text);
        if (event.anchorStart >= 0) anchor(event, node, name());
        add(node, name);
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        const node = { ...target?.node, start: event.anchorStart - 1, end: event.anchorEnd };
        cursor = node.end;
        add(node, () => target?.name ?? '');
        break;
      }
      case EVENT_ID.POP: {
        const frame = frames.pop();
        if (frame) {
          frame.node.end = cursor = closingEnd(text, frame.node.start, cursor);
          for (const { entries, items } of frame.merged) mergeInto(frame.entries!, entries ? [{ entries }] : items ?? []);
        }
        break;
      }
    }
  }
  return { root, duplicates };
}

/** What a mapping does not say itself is where the first of the merged ones says it. */
function mergeInto(entries: Map<string, SourceEntry>, merged: readonly Pick<SourceNode, 'entries'>[]): void {
  for (const { entries: others = [] } of merged) for (const [key, entry] of others) if (!entries.has(key)) entries.set(key, entry);
}

function scalarSpan(event: ScalarEvent, text: string): Span {
  const { valueStart: start, valueEnd: end, style } = event;
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: start - 1, end: end + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return { start: Math.min(end, start + text.slice(start, end).search(/\S|$/)), end };
    default:
      return { start, end };
  }
}

/** The trace of an empty item is its dash; an empty value has only the key before it. */
function emptySpan(text: string, cursor: number, frame: Frame | undefined): Span {
  const dash = /-(?=\s|$)/g;
  dash.lastIndex = cursor;
  return frame?.items && dash.test(text) ? { start: dash.lastIndex - 1, end: dash.lastIndex } : { start: cursor, end: cursor };
}

/** A key as the constructor makes it: `0x10` is the number 16 and so the key "16". */
function keyName(event: ScalarEvent, text: string): string {
  const value = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? String(CORE_SCHEMA.resolveImplicitScalarTag(value).value) : value;
}

/** End of a collection whose last child ends at `cursor`: a flow collection has a bracket to come. */
function closingEnd(text: string, start: number, cursor: number): number {
  const opening = text[start];
  if (opening !== '{' && opening !== '[') return cursor;
  const closing = opening === '{' ? '}' : ']';
  let end = Math.max(cursor, start + 1);
  while (end < text.length && /[\s,]/.test(text[end]!)) end++;
  return text[end] === closing ? end + 1 : cursor;
}
