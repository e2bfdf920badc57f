/**
 * What is wrong with something a user wrote, as plain data: what, where, and what to do about it.
 *
 * It is made where the input is read and shown (as a code frame, an annotation, JSON) where the output is.
 */

/** A place in a text file. Lines and columns count from 1, columns in UTF-16 code units, as editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Characters to underline, at least 1; never beyond the line. */
  readonly length: number;
  /** The text of the line, or the part of a very long one around the column. */
  readonly sourceLine: string;
  /** Column at which `sourceLine` begins; absent: 1. */
  readonly sourceColumn?: number;
}

export interface Diagnostic extends Partial<Place> {
  /** Stable, in kebab-case: `unknown-key`. */
  readonly code: string;
  /** One plain sentence without a full stop: which field, what is wrong, what was found. */
  readonly message: string;
  /** What would be right, or the nearest valid name and the choices. */
  readonly help?: string;
  readonly file: string;
  /** Absent: an error. */
  readonly severity?: 'warning';
}
