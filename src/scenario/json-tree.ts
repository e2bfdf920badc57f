/** The places of a JSON text, or the first thing that is wrong with it. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import { MAX_DEPTH, type Unreadable } from './source.ts';
import type { DuplicateKey, SourceEntry, SourceNode, SourceTree } from './source-tree.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const WORD = /(?:true|false|null)(?![\p{L}\p{N}_$])/uy;

/** Reads a text as strict JSON (RFC 8259) for the places of what is in it. */
export function jsonTree(text: string): SourceTree | Unreadable {
  try {
    return new JsonReader(text).read();
  } catch (error) {
    if (error instanceof FaultError) return { fault: error.faults[0]! };
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #duplicates: DuplicateKey[] = [];
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): SourceTree {
    const root = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('text after the end of the JSON value', 'a JSON file is one value; is a bracket closed too early?');
    return { root, duplicates: this.#duplicates };
  }

  #value(): SourceNode {
    this.#space();
    const start = this.#at;
    const char = this.#text[start];
    if (char === '{') return this.#object(start);
    if (char === '[') return this.#array(start);
    if (char === '"') return this.#string();
    if (this.#match(NUMBER) || this.#match(WORD)) return this.#span(start);
    return this.#fail('expected a value', this.#valueHelp());
  }

  #object(start: number): SourceNode {
    const entries = new Map<string, SourceEntry>();
    this.#open('}', () => {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes', this.#keyHelp('}'));
      const key = this.#string();
      const name = JSON.parse(this.#text.slice(key.start, key.end)) as string;
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail('expected a colon after the key');
      this.#at++;
      this.#path.push(name);
      const value = this.#value();
      const earlier = entries.get(name);
      if (earlier) this.#duplicates.push({ path: [...this.#path], key, first: earlier.key });
      this.#path.pop();
      entries.set(name, { key, value });
    });
    return { ...this.#span(start), entries };
  }

  #array(start: number): SourceNode {
    const items: SourceNode[] = [];
    this.#open(']', () => {
      this.#space();
      if (this.#text[this.#at] === ']') this.#fail('expected a value', this.#keyHelp(']'));
      this.#path.push(items.length);
      items.push(this.#value());
      this.#path.pop();
    });
    return { ...this.#span(start), items };
  }

  /** Reads what is between brackets, entry by entry, and the closing one. */
  #open(closing: string, entry: () => void): void {
    if (this.#path.length >= MAX_DEPTH) this.#fail(`nesting exceeded ${MAX_DEPTH} levels`, 'a scenario needs no more than ten levels');
    this.#at++;
    this.#space();
    if (this.#text[this.#at] !== closing) {
      for (;;) {
        entry();
        this.#space();
        if (this.#text[this.#at] !== ',') break;
        this.#at++;
      }
      if (this.#text[this.#at] !== closing) this.#fail(`expected a comma or ${closing}`, this.#valueHelp());
    }
    this.#at++;
  }

  #string(): Span {
    const start = this.#at;
    // By hand: a pattern for all of it would need a level of the stack for every escape.
    for (this.#at++; this.#text[this.#at] !== '"'; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === BACKSLASH && this.#match(ESCAPE)) this.#at--;
      else if (!(code >= FIRST_PRINTABLE) || code === BACKSLASH) {
        this.#at = start;
        const end = this.#text.slice(start).search(/[\r\n]|$/);
        this.#fail('a text is not closed, or holds a character that must be escaped', 'escape " and \\ with a backslash', start + end);
      }
    }
    this.#at++;
    return this.#span(start);
  }

  #span(start: number): Span {
    return { start, end: this.#at };
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #keyHelp(closing: string): string | undefined {
    return this.#text[this.#at] === closing ? `JSON allows no comma before ${closing}: remove it` : this.#valueHelp();
  }

  #valueHelp(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 12);
    if (rest === '') return 'the file ends too early: is it whole, and is every bracket closed?';
    if (rest.startsWith('//') || rest.startsWith('/*') || rest.startsWith('#')) return 'JSON has no comments; a .yaml file may have them';
    if (rest.startsWith("'")) return 'JSON texts are in double quotes';
    if (/^[+-]?(NaN|Infinity|\.|\d)/.test(rest)) return 'a JSON number has digits before and after its point, no leading zeros and no plus sign';
    if (/^[\p{L}_$]/u.test(rest)) return 'JSON texts are in double quotes; only true, false and null are bare words';
    return undefined;
  }

  #fail(message: string, help?: string, end = this.#at + 1): never {
    const fault: Fault<Span> = { code: 'json-syntax', message: `not valid JSON: ${message}`, help, start: this.#at, end };
    throw new FaultError([fault]);
  }
}
