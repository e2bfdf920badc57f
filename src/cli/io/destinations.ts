/** Where results go: which format to standard output, which to files. Decided, and refused, before anything runs. */
import { extname } from 'node:path';
import { type Format, type Formats, formatWithExtension, type RowFormats, type WriteResults, type WriteRows } from '../../render/format.ts';
import { inputError } from '../exit.ts';
import type { OutputOptions } from '../shared-options.ts';
import { willWrite } from './file-uses.ts';
import { requireWritable } from './output-files.ts';

export interface Destination<Write> {
  /** `-` for standard output. */
  readonly path: string;
  readonly format: Format<Write>;
}

/**
 * Standard output first, unless it is quiet or taken by rows; then the files of -o.
 *
 * @param formats those of the command
 * @param rows where rows go, `-` for standard output
 * @throws FaultError for a file that cannot be written, or has another use, or whose extension says nothing
 */
export function destinations<Result>(
  { format, output, quiet = false }: OutputOptions, formats: Formats<Result>, rows: readonly string[] = [],
): Destination<WriteResults<Result>>[] {
  const taken = rows.includes('-');
  if (taken && format !== undefined) throw inputError('--format and rows cannot both go to standard output', 'give the rows a file, or the results one with -o');
  const standard = format !== undefined || (!quiet && !taken) ? [{ path: '-', format: formatNamed(format, formats) }] : [];
  const files = output.map((path) => ({ path, format: formatOfFile(path, formats) }));
  for (const { path } of files) requireWritable(path);
  willWrite([...output, ...rows]);
  return [...standard, ...files];
}

/** The format that `--format` names, whose choices are these; the first where nobody says. */
export function formatNamed<Result>(name: string | undefined, formats: Formats<Result>): Formats<Result>[number] {
  return formats.find((each) => each.name === name) ?? formats[0];
}

function formatOfFile<Result>(path: string, formats: Formats<Result>): Formats<Result>[number] {
  const format = formatWithExtension(extname(path), formats);
  if (format) return format;
  throw inputError(`cannot tell the format of ${path} from its extension`, `name it ${formats.flatMap(({ extensions }) => extensions).join(', ')}`);
}

/**
 * Where the rows of an option go; undefined where it was not given.
 *
 * @throws FaultError
 */
export function rowDestination<Row>(option: string, path: string | undefined, formats: RowFormats<Row>): Destination<WriteRows<Row>> | undefined {
  if (path === undefined) return undefined;
  if (path === '-') return { path, format: formats[0] };
  const format = formatWithExtension(extname(path), formats);
  if (!format) {
    throw inputError(`${option}: cannot tell the format of ${path} from its extension`, `name it ${formats.map(({ extensions }) => extensions[0]).join(' or ')}`);
  }
  requireWritable(path);
  return { path, format };
}
