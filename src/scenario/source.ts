/** What the YAML and the JSON reader have in common: the value of a text, and the place of every part of it. */
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import type { SourceTree } from './source-tree.ts';

/** Deepest nesting of maps and lists; a scenario needs about eight levels. */
export const MAX_DEPTH = 64;

/** Most keys and values of a scenario: 100,000 listed requests, and what reading them takes is below a gigabyte. */
export const MAX_PARTS = 1_500_000;

export const tooManyParts: Fault = {
  code: 'too-large',
  message: 'the file holds more than 1,500,000 keys and values',
  help: 'keep long lists of requests in a trace file, and name it under workload',
};

export interface Source {
  /** Undefined where the text has no content. */
  readonly value: unknown;
  /** The places; they may be computed at each call. */
  readonly tree: () => SourceTree;
  /** Whether the tree has duplicate keys to report. */
  readonly duplicates: boolean;
}

/** Why a text cannot be read, before any of it has a meaning. Without a span it is the whole file. */
export interface Unreadable {
  readonly fault: Fault | Fault<Span>;
}
