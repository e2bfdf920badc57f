/**
 * The contract of a trace format: what its files call the things that a request is made of.
 *
 * Files are rows under headings (CSV, with any separator), JSON lines, or one JSON document; reading them is the same for
 * all formats, so that most are nothing but a map of names.
 */
import type { FieldMap } from './fields.ts';
import type { TimeUnit } from './instant.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface TraceFormat {
  readonly name: string;
  readonly summary: string;
  readonly fields: FieldMap;
  /** Of arrivals and targets; absent: the scenario says it. */
  readonly unit?: TimeUnit | undefined;
  /** Columns or keys by which `format: auto` knows a file: all of one of these lists are there. */
  readonly marks: readonly (readonly string[])[];
  /** And none of these. */
  readonly lacks?: readonly string[];
  /** Columns or keys that are there and not used: counted where they say something. Absent: all that are not mapped. */
  readonly unused?: readonly string[];
  /** Whether its times are those of a scenario already, and are not re-based to the earliest row. */
  readonly keepsTime?: boolean;
  /** Tokens in a block of `prefix`; absent: the blocks are of lengths that the file does not tell. */
  readonly prefixTokens?: number;
  /** Rows that are none of the requests. */
  readonly leftOut?: LeftOut;
  /** For files that are one JSON document: its rows. @throws FaultError where there are none */
  readonly rows?: (document: unknown) => Iterable<JsonRecord>;
}

/** What of a row decides that it is left out, and the question, made anew for every file. */
export interface LeftOut {
  /** Columns or keys. */
  readonly reads: readonly string[];
  /** The reason why the row with these values is left out; undefined: it is not. */
  make(): (...values: readonly unknown[]) => string | undefined;
}
