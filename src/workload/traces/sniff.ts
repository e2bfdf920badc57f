/** A look at the beginning of a file: rows under headings, JSON lines, or one JSON document. */
import { grouped } from '../../core/grouped.ts';
import { isMapping } from '../../core/choice.ts';
import { FaultError } from '../../core/fault.ts';
import { dataFault } from '../fault.ts';
import type { JsonRecord } from './trace.ts';

export type Sniffed =
  | { readonly shape: 'columns'; readonly firstLine: string; readonly text: AsyncIterable<string> }
  /** A line that is an object: the first row, or, where nothing follows, all there is. */
  | { readonly shape: 'objects'; readonly first: JsonRecord; readonly isAlone: () => Promise<boolean>; readonly text: AsyncIterable<string> }
  | { readonly shape: 'document'; readonly document: unknown };

/** A longer document is not parsed: it would take gigabytes. */
const MAX_DOCUMENT = 1 << 28;

/** Enough for the headings of any table. */
const MAX_HEADINGS = 1 << 20;

/** @throws FaultError where there is nothing in it, or JSON that is none */
export async function sniff(text: AsyncIterable<string>): Promise<Sniffed> {
  const file = new Beginning(text[Symbol.asyncIterator]());
  const start = await file.firstCharacter();
  if (start === undefined) throw new FaultError([dataFault('the file is empty')]);
  if (start !== '{' && start !== '[') {
    const firstLine = await file.firstLine(MAX_HEADINGS);
    return { shape: 'columns', firstLine: firstLine.slice(0, MAX_HEADINGS), text: file.all() };
  }
  const firstLine = start === '{' ? await file.firstLine(MAX_DOCUMENT) : '';
  const first = jsonOf(firstLine);
  if (isMapping(first)) return { shape: 'objects', first, isAlone: async () => !(await file.hasMore()), text: file.all() };
  return { shape: 'document', document: await documentOf(file.all()) };
}

async function documentOf(text: AsyncIterable<string>): Promise<unknown> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of text) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_DOCUMENT) {
      throw new FaultError([dataFault(`is one JSON document of more than ${grouped(MAX_DOCUMENT)} characters`, {}, 'write it as JSON lines, a request a line')]);
    }
  }
  try {
    return JSON.parse(pieces.join(''));
  } catch {
    throw new FaultError([dataFault('is neither JSON lines nor one JSON document', { line: 1, column: 1 }, 'it may have been cut off')]);
  }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text that was looked at, and the rest. */
class Beginning {
  readonly #rest: AsyncIterator<string>;
  readonly #head: string[] = [];
  #ended = false;

  constructor(rest: AsyncIterator<string>) {
    this.#rest = rest;
  }

  async #more(): Promise<boolean> {
    const next = this.#ended ? { done: true as const, value: undefined } : await this.#rest.next();
    this.#ended = next.done === true;
    if (!this.#ended) this.#head.push(next.value as string);
    return !this.#ended;
  }

  async firstCharacter(): Promise<string | undefined> {
    for (let piece = 0; ; piece++) {
      if (piece === this.#head.length && !(await this.#more())) return undefined;
      const found = /\S/.exec(this.#head[piece]!);
      if (found) return found[0];
    }
  }

  /** The first line that is not blank, as far as it is within `most` characters. */
  async firstLine(most: number): Promise<string> {
    for (let searched = 0, length = 0; ; searched++) {
      if (searched === this.#head.length && !(await this.#more())) break;
      length += this.#head[searched]!.length;
      const hasLine = this.#head[searched]!.includes('\n') && /\S[^\n]*\n/.test(this.#head.slice(0, searched + 1).join(''));
      if (hasLine || length > most) break;
    }
    return this.#head.join('').trimStart().split(/\r?\n/, 1)[0]!;
  }

  /** Whether anything but blanks follows the first line. */
  async hasMore(): Promise<boolean> {
    for (;;) {
      const text = this.#head.join('').trimStart();
      const newline = text.indexOf('\n');
      if (newline >= 0 && /\S/.test(text.slice(newline))) return true;
      if (!(await this.#more())) return false;
    }
  }

  async *all(): AsyncGenerator<string> {
    try {
      yield* this.#head;
      while (!this.#ended) {
        const next = await this.#rest.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await this.#rest.return?.();
    }
  }
}
