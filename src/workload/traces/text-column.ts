/** A column of texts that recur, such as models, tenants or sessions: each text once, and its number in every row. */
import { GrowingColumn } from '../columns.ts';

/** Row -> number of its text; 0: it has none. */
export interface Texts {
  readonly codes: Uint32Array;
  /** By number; that of 0 is empty. */
  readonly names: readonly string[];
  /** Line of the first row that has the text, by number; 0: the file has no lines. */
  readonly firstLines: readonly number[];
}

export class TextColumn {
  readonly #names: string[] = [''];
  readonly #firstLines: number[] = [0];
  readonly #numbers = new Map<string, number>();
  readonly #codes = new GrowingColumn(1024, Uint32Array);

  /** @param value a cell, or a JSON value; what is no text, number or truth value is none */
  push(value: unknown, line: number): void {
    this.#codes.push(this.number(textOf(value), line));
  }

  /** The number of a text, new or known. */
  number(text: string, line: number): number {
    if (text === '') return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#numbers.set(text, number);
    this.#names.push(text);
    this.#firstLines.push(line);
    return number;
  }

  pushNumber(number: number): void {
    this.#codes.push(number);
  }

  texts(): Texts {
    return { codes: this.#codes.view(), names: this.#names, firstLines: this.#firstLines };
  }
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
