/**
 * Reads expectations: recursive descent over the text, one function per rule of `EXPECTATION_EBNF`. The first
 * fault ends it, with its place in the text.
 */
import { type Decimal, parseDecimal } from '../core/decimal.ts';
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import type { Expectation, Operator, PathExpression, Quantity, Segment, UnitName, Value } from './expectation.ts';
import { caught, fail } from './fault.ts';

/** Longer texts are mistakes, and arithmetic on numbers of a million digits is slow. */
const MAX_LENGTH = 1000;

const OPERATOR = /(?:<=|>=|==|!=|<|>)(?![<>=])/y;
const ALMOST_OPERATOR = /[<>=!≤≥≠]+/y;
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d{1,2}(?!\d))?/iy;
const UNIT = /us|µs|μs|ms|s|m|h|%|pp|\/s/iy;
const BARE = /[\p{L}_][\p{L}\p{M}\p{N}_\-/@]*/uy;
const PERCENTILE = /p\d+\.\d+(?![\p{L}\p{M}\p{N}_])/uy;
const KIND = /(scheduler|class|tenant)\s*:/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;
const SIGN = /[+-](?!-)/y;
const SPACE = /\s*/y;
/** What may not follow a number and its unit directly. */
const WORD = /[\p{L}\p{M}\p{N}_.%]+/uy;

/** The expectation that a text says, or what is wrong with it. */
export function parseExpectation(text: string): { readonly value: Expectation } | { readonly fault: Fault<Span> } {
  return caught(() => {
    requireShort(text);
    const reader = new Reader(text);
    const path = reader.path();
    const operator = reader.operator();
    const value = reader.value();
    const tolerance = reader.tolerance(operator);
    reader.end();
    return { path, operator, value, tolerance };
  });
}

/** A path by itself, as the keys of a baseline and the patterns of tolerances are. @param star whether `*` may stand for a name */
export function parsePath(text: string, star = false): { readonly value: PathExpression } | { readonly fault: Fault<Span> } {
  return caught(() => {
    const reader = new Reader(text, star);
    const path = reader.path();
    reader.end();
    return path;
  });
}

/** A number with an optional unit by itself. */
export function parseQuantity(text: string): { readonly value: Quantity } | { readonly fault: Fault<Span> } {
  return caught(() => {
    requireShort(text);
    const reader = new Reader(text);
    const quantity = reader.quantity();
    reader.end();
    return quantity;
  });
}

function requireShort(text: string): void {
  if (text.length > MAX_LENGTH) fail({ start: MAX_LENGTH, end: text.length }, `is longer than ${MAX_LENGTH} characters`);
}

class Reader {
  readonly #text: string;
  readonly #star: boolean;
  #at = 0;

  constructor(text: string, star = false) {
    this.#text = text;
    this.#star = star;
    this.#space();
    if (this.#at === text.length) fail({ start: 0, end: text.length }, 'is empty', 'write for example: high.latency.p95 < 2s');
  }

  path(): PathExpression {
    const segments = [this.#segment()];
    while (this.#take('.')) segments.push(this.#segment());
    return { start: segments[0]!.start, end: segments.at(-1)!.end, segments };
  }

  operator(): Operator {
    this.#space();
    const start = this.#at;
    const found = this.#match(OPERATOR);
    if (found) return found[0] as Operator;
    if (this.#text[start] === ':') fail(this.#here(), 'only scheduler:, class: and tenant: may stand before a name', 'other names with a colon need double quotes');
    const almost = this.#match(ALMOST_OPERATOR);
    if (almost) {
      fail({ start, end: this.#at }, `\`${almost[0]}\` is no comparison`, `write ${MEANT[almost[0]] ?? 'one of < <= > >= == !='}`);
    }
    if (this.#text[this.#at] === '(') fail(this.#here(), 'a path has no parentheses', 'a percentile is a part of the path: high.latency.p95 < 2s');
    fail(this.#here(), 'a comparison is missing here', 'after the path comes one of < <= > >= == !=, then a value: high.latency.p95 < 2s');
  }

  value(): Value {
    this.#space();
    if (!this.#startsNumber()) return this.#pathValue(null);
    const quantity = this.quantity();
    if (!this.#take('*')) return { kind: 'quantity', quantity };
    if (quantity.unit !== '' && quantity.unit !== '%') {
      fail(quantity, 'a factor has no unit', 'an amount to add comes after the path: fifo.high.latency.p99 + 100ms');
    }
    this.#space();
    if (this.#startsNumber()) fail(this.#here(), 'a path is missing here', 'a factor stands before a path: 1.5 * fifo.high.latency.p99');
    return this.#pathValue(quantity.unit === '%' ? shift(quantity.number, -2) : quantity.number);
  }

  tolerance(operator: Operator): Quantity | null {
    this.#space();
    const start = this.#at;
    if (!this.#take('±') && !this.#take('+-')) return null;
    if (operator !== '==' && operator !== '!=') {
      fail({ start, end: this.#at }, `\`${operator}\` takes no tolerance`, 'only == and != do; move the bound instead');
    }
    return this.quantity();
  }

  quantity(): Quantity {
    this.#space();
    const start = this.#at;
    const number = this.#match(NUMBER);
    if (!number) {
      if (this.#text[start] === '-') fail(this.#here(), 'is negative; no figure of a run is');
      fail(this.#here(), 'a number is missing here', 'write a number with its unit: 250us, 50ms, 1.5s, 99%');
    }
    const afterNumber = this.#at;
    this.#space();
    const unit = this.#match(UNIT);
    const end = unit ? this.#at : afterNumber;
    if (this.#match(WORD)) {
      fail({ start: afterNumber, end: this.#at }, `\`${this.#text.slice(afterNumber, this.#at).trim()}\` is no unit`,
        'units are us, ms, s, m (minutes), h, %, pp (percentage points) and /s; a name that starts with a digit needs quotes');
    }
    return { start, end, number: parseDecimal(number[0])!, unit: unitOf(unit?.[0] ?? '') };
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) {
      fail({ start: this.#at, end: this.#text.length }, `\`${this.#text.slice(this.#at)}\` does not belong here`,
        'an expectation is: path comparison value, with ± tolerance after == and !=; names with spaces or dots need double quotes');
    }
  }

  #pathValue(factor: Decimal | null): Value {
    const path = this.path();
    this.#space();
    // `+-` begins a tolerance, not an offset.
    const found = this.#match(SIGN);
    return { kind: 'path', factor, path, offset: found ? { sign: found[0] as '+' | '-', quantity: this.quantity() } : null };
  }

  #segment(): Segment {
    this.#space();
    const start = this.#at;
    const kind = this.#match(KIND)?.[1] as Segment['kind'] ?? null;
    this.#space();
    const name = this.#name();
    return { start, end: this.#at, kind, name };
  }

  #name(): string {
    const quoted = this.#match(QUOTED);
    if (quoted) return quoted[1]!.replace(/\\(.)/gs, '$1');
    if (this.#star && this.#take('*')) return '*';
    const bare = this.#match(PERCENTILE) ?? this.#match(BARE);
    if (bare) return bare[0];
    const here = this.#here();
    if (this.#text[this.#at] === '"') fail({ ...here, end: this.#text.length }, 'this quote is not closed');
    if (this.#at === this.#text.length) fail(here, 'a name is missing here');
    if (/\d/.test(this.#text[this.#at]!)) fail(here, 'a name that starts with a digit needs double quotes');
    fail(here, `\`${this.#character()}\` cannot start a name`, 'a name with other characters than letters, digits, _ - / @ needs double quotes');
  }

  #startsNumber(): boolean {
    return /[\d+-]/.test(this.#text[this.#at] ?? '');
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #take(token: string): boolean {
    const before = this.#at;
    this.#space();
    if (this.#text.startsWith(token, this.#at)) {
      this.#at += token.length;
      return true;
    }
    this.#at = before;
    return false;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #character(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#at)!);
  }

  #here(): { start: number; end: number } {
    return { start: this.#at, end: Math.min(this.#text.length, this.#at + 1) };
  }
}

const MEANT: Readonly<Record<string, string>> = { '=': '==', '=<': '<=', '=>': '>=', '≤': '<=', '≥': '>=', '≠': '!=', '===': '==', '!==': '!=', '<>': '!=' };

function unitOf(text: string): UnitName {
  const unit = text.toLowerCase();
  return unit === 'µs' || unit === 'μs' ? 'us' : unit as UnitName;
}

function shift({ digits, exponent }: Decimal, by: number): Decimal {
  return digits === 0n ? { digits, exponent } : { digits, exponent: exponent + by };
}
