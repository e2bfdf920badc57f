/** The contract of a format: what it is called, which files are written in it, and how. */
import type { Wanted } from '../run.ts';
import type { Page } from './text/style.ts';

export interface Format<Write> {
  /** As `--format` has it. */
  readonly name: string;
  /** Of the files that are written in it, the usual one first. */
  readonly extensions: readonly string[];
  /** What it shows that runs only have where it is asked for. */
  readonly needs?: Wanted;
  /** Whether it is for people to read: lines of other kinds may stand beside it. */
  readonly forPeople?: boolean;
  /** Whether it has room for one result only. */
  readonly single?: boolean;
  /** How it is written; loaded when it is wanted. */
  load(): Promise<Write>;
}

/** Writes results as text. The page is what a terminal can show, or a sheet without colours. */
export type WriteResults<Result> = (results: readonly Result[], page: Page) => string;

/** Formats of results; the first is the one that is meant where nobody says. */
export type Formats<Result> = readonly [Format<WriteResults<Result>>, ...Format<WriteResults<Result>>[]];

/** Writes a row at a time. */
export interface WriteRows<Row> {
  /** Before the first row. */
  readonly header: string;
  line(row: Row): string;
}

export type RowFormats<Row> = readonly [Format<WriteRows<Row>>, ...Format<WriteRows<Row>>[]];

/** What runs must have for any of some formats. */
export function needsOf(formats: readonly Pick<Format<unknown>, 'needs'>[]): Wanted {
  const needs = formats.flatMap(({ needs: each }) => each ?? []);
  const loads = new Set(needs.map(({ offeredLoad }) => offeredLoad));
  return {
    digests: needs.some(({ digests }) => digests === true),
    percentiles: needs.flatMap(({ percentiles = [] }) => percentiles),
    offeredLoad: loads.has('always') ? 'always' : loads.has('where the queue grew') ? 'where the queue grew' : undefined,
  };
}

/** The first whose files have this extension, in whatever case. */
export function formatWithExtension<Each extends Pick<Format<unknown>, 'extensions'>>(extension: string, formats: readonly Each[]): Each | undefined {
  return formats.find(({ extensions }) => extensions.includes(extension.toLowerCase()));
}
