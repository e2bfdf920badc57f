/**
 * An expectation as a value: what must hold of a figure of a run, and the language it is written in.
 */
import { type Decimal, decimalText } from '../core/decimal.ts';
import type { Span } from '../core/place.ts';

/** The language of `expect:` and `--expect`. docs/ci.md shows this very text. */
export const EXPECTATION_EBNF = String.raw`(* Blanks may stand between all symbols, but not within number, bare, percentile and quoted. *)

expectation = path , ( order , value | equality , value , [ tolerance ] ) ;
order       = "<" | "<=" | ">" | ">=" ;
equality    = "==" | "!=" ;
value       = quantity | [ factor , "*" ] , path , [ ( "+" | "-" ) , quantity ] ;
tolerance   = ( "±" | "+-" ) , quantity ;
factor      = number , [ "%" ] ;
quantity    = number , [ unit ] ;
unit        = "us" | "µs" | "ms" | "s" | "m" | "h" | "%" | "pp" | "/s" ;

path        = [ scheduler , "." ] , [ group , "." ] , metric ;
scheduler   = [ "scheduler:" ] , name ;
group       = "all" | [ "class:" ] , name | "tenant:" , name ;
metric      = name , { "." , name } ;
name        = bare | percentile | quoted ;

number      = digit , { digit } , [ "." , digit , { digit } ] , [ "e" , [ "+" | "-" ] , digit , [ digit ] ] ;
bare        = ( letter | "_" ) , { letter | digit | "_" | "-" | "/" | "@" } ;
percentile  = "p" , digit , { digit } , "." , digit , { digit } ;
quoted      = '"' , { plain | "\" , any } , '"' ;
digit       = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" ;
letter      = ? a letter of any script ? ;
plain       = ? any character but " and \ ? ;
any         = ? any character ? ;`;

export type Operator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type UnitName = 'us' | 'ms' | 's' | 'm' | 'h' | '%' | 'pp' | '/s' | '';

/** A number as written, and its unit. */
export interface Quantity extends Span {
  readonly number: Decimal;
  readonly unit: UnitName;
}

/** One name of a path, and what it was said to name. `*` is a name only in the pattern of a tolerance. */
export interface Segment extends Span {
  readonly kind: 'scheduler' | 'class' | 'tenant' | null;
  readonly name: string;
}

export interface PathExpression extends Span {
  readonly segments: readonly Segment[];
}

/** A fixed quantity, or another figure × factor + offset (1 and 0 when absent). */
export type Value =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | {
    readonly kind: 'path';
    readonly factor: Decimal | null;
    readonly path: PathExpression;
    readonly offset: { readonly sign: '+' | '-'; readonly quantity: Quantity } | null;
  };

export interface Expectation {
  readonly path: PathExpression;
  readonly operator: Operator;
  readonly value: Value;
  readonly tolerance: Quantity | null;
}

/** A name that needs no quotes: p99.9 is one, though it has a dot. */
export const BARE_NAME = /^(?:[\p{L}_][\p{L}\p{M}\p{N}_\-/@]*|p\d+\.\d+)$/u;

/** A name as it is written in a path: quoted where it must be. */
export function nameText(name: string): string {
  return BARE_NAME.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

export function segmentText({ kind, name }: Pick<Segment, 'kind' | 'name'>): string {
  return kind === null ? nameText(name) : `${kind}:${nameText(name)}`;
}

export function segmentsText(segments: readonly Pick<Segment, 'kind' | 'name'>[]): string {
  return segments.map(segmentText).join('.');
}

export function quantityText({ number, unit }: Pick<Quantity, 'number' | 'unit'>): string {
  return decimalText(number) + unit;
}

/** The expectation in its plainest spelling. Reading it again gives the same expectation. */
export function expectationText({ path, operator, value, tolerance }: Expectation): string {
  const after = tolerance ? ` ± ${quantityText(tolerance)}` : '';
  return `${segmentsText(path.segments)} ${operator} ${boundText(value)}${after}`;
}

export function boundText(value: Value): string {
  if (value.kind === 'quantity') return quantityText(value.quantity);
  const factor = value.factor ? `${decimalText(value.factor)} * ` : '';
  const offset = value.offset ? ` ${value.offset.sign} ${quantityText(value.offset.quantity)}` : '';
  return factor + segmentsText(value.path.segments) + offset;
}
