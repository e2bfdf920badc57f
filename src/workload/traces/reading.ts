/** How a trace file is to be read: what a scenario says of it. */
import type { Fault } from '../../core/fault.ts';
import type { FilePlace, ScenarioPath } from '../../core/place.ts';
import type { FieldMap } from './fields.ts';
import type { TimeUnit } from './instant.ts';

/** How a file is to be read. */
export interface Reading {
  readonly file: string;
  /** Of a format, `table`, or `auto`. */
  readonly format: string;
  /** Where the file comes from, told when it is missing. */
  readonly origin?: string | undefined;
  /** Of a table. */
  readonly columns?: FieldMap | undefined;
  readonly unit?: TimeUnit | undefined;
  readonly separator?: string | undefined;
  /** What becomes of rows that cannot be read: all are told and the file refused, or they are counted. */
  readonly malformed?: 'refuse' | 'drop' | undefined;
  /** Whether rows that are out of order are refused too. */
  readonly strict?: boolean | undefined;
  /** How start times are made; absent: they must be in the file. */
  readonly arrivals?: object | undefined;
}

/** What is wanted of a file, and where what is wrong with that stands. */
export interface Wanted extends Reading {
  /** Names of fields, or of columns, that are asked for besides what is read anyway. */
  readonly asked: readonly string[];
  /** Most rows. */
  readonly most: number;
  /** Of the trace in the scenario. */
  readonly path: ScenarioPath;
  /** Told of the rows before the first is taken, so that their faults are known however the reading ends. */
  readonly begun: (rows: { faults(file: string): readonly Fault<FilePlace>[] }) => void;
}
