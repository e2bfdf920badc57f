/**
 * Finished cells of a sweep, a line of JSON each, appended as they are done: whoever is stopped goes on from there.
 *
 * The one file that is not written whole or not at all; a last line that was cut off is passed over.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { SweepCell } from '../../experiments/sweep-result.ts';
import { inputError, systemError } from '../exit.ts';

export interface Journal {
  readonly known: ReadonlyMap<string, readonly SweepCell[]>;
  add(key: string, cell: readonly SweepCell[]): void;
}

/** @throws FaultError for a file that is something else, or cannot be read or written */
export function journal(path: string): Journal {
  const known = new Map<string, readonly SweepCell[]>();
  const text = read(path);
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const entry = entryOf(line);
    if (entry) known.set(entry.key, entry.cell);
    else if (index < lines.length - 1) throw inputError(`${path}:${index + 1} is no finished cell of a sweep`, '--resume takes a file of its own, which it makes');
  }
  let isCut = text !== '' && !text.endsWith('\n');
  return {
    known,
    add(key, cell) {
      append(path, `${isCut ? '\n' : ''}${JSON.stringify({ key, cell })}\n`);
      isCut = false;
    },
  };
}

function read(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    throw systemError(error, path) ?? error;
  }
}

function append(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw systemError(error, path) ?? error;
  }
}

function entryOf(line: string): { readonly key: string; readonly cell: readonly SweepCell[] } | null {
  try {
    const { key, cell } = JSON.parse(line) as { key?: unknown; cell?: unknown };
    return typeof key === 'string' && Array.isArray(cell) ? { key, cell: cell as SweepCell[] } : null;
  } catch {
    return null;
  }
}
