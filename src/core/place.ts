/** Where in what a user wrote something stands: as it is known while reading, up to where a person can find it. */

/** A stretch of a text: offsets in UTF-16 code units, half open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The way to a value in the scenario, from its root: `['workload', 0, 'trace', 'file']`. */
export type ScenarioPath = readonly (string | number)[];

/** A value of the scenario, whatever file it came from. */
export interface ScenarioPlace {
  readonly path: ScenarioPath;
  /** What of the path to point at; absent: its value. */
  readonly at?: 'key';
  /** Where the first is, of which this is a second. */
  readonly first?: ScenarioPath;
}

/** A place in a text, as far as it is known. Lines and columns count from 1, columns in UTF-16 code units, as editors do. */
export interface Position {
  readonly line?: number;
  readonly column?: number;
  /** Characters to underline, at least 1; never beyond the line. */
  readonly length?: number;
  /** The text of the line, or the part of a very long one around the column. */
  readonly sourceLine?: string;
  /** Column at which `sourceLine` begins; absent: 1. */
  readonly sourceColumn?: number;
}

/** A place in a file that the user can open; without a line: all of it. */
export interface FilePlace extends Position {
  readonly file: string;
}
