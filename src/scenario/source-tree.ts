/**
 * Where every key and value of a scenario stands in its text: what a path is looked up in.
 *
 * YAML and JSON have different readers that make the same tree. For YAML it is only made when there is
 * something to point at.
 */
import type { ScenarioPath, Span } from '../core/place.ts';

export interface SourceEntry {
  readonly key: Span;
  readonly value: SourceNode;
}

/** A value: a map has entries, a list has items, anything else has neither. */
export interface SourceNode extends Span {
  readonly entries?: ReadonlyMap<string, SourceEntry>;
  readonly items?: readonly SourceNode[];
}

/** A key that its map has already. The values of the last one are in the tree. */
export interface DuplicateKey {
  readonly path: ScenarioPath;
  readonly key: Span;
  readonly first: Span;
}

export interface SourceTree {
  readonly root: SourceNode;
  readonly duplicates: readonly DuplicateKey[];
}

/**
 * The stretch of text that a path names: its value or, where asked for, its key. Of a path that the text
 * does not have (a default, a missing key) it is the key of the nearest map or list that it does have.
 */
export function spanOf(root: SourceNode, path: ScenarioPath, at: 'key' | 'value' = 'value'): Span {
  let node = root;
  let key: Span | undefined;
  for (const step of path) {
    const entry = node.entries?.get(String(step));
    const next = entry ? entry.value : node.items?.[Number(step)];
    if (!next) return stretch(key ?? node);
    key = entry?.key;
    node = next;
  }
  return stretch(at === 'key' && key ? key : node);
}

function stretch({ start, end }: Span): Span {
  return { start, end };
}
