/** Where results go: which format to standard output, which to files. Decided, and refused, before anything runs. */
import { extname } from 'node:path';
import { InputError } from './exit.ts';
import { EXTENSIONS, formatOfFile, type Format } from './formats.ts';
import { requireWritable } from './output-files.ts';
import type { Renderers } from './results.ts';
import type { OutputOptions, RunOptions } from './shared-options.ts';

export interface Destination {
  /** `-` for standard output. */
  readonly path: string;
  readonly format: Format;
}

/**
 * Standard output first, unless it is quiet or taken by rows; then the files of -o.
 *
 * @param renderers those of the command, which say what formats it has
 * @param taken whether rows go to standard output
 * @throws InputError for a file that cannot be written or whose extension says nothing
 */
export function destinations({ format, output, quiet = false }: OutputOptions, renderers: Renderers<never>, taken = false): Destination[] {
  if (taken && format !== undefined) throw new InputError('--format and rows cannot both go to standard output', 'give the rows a file, or the results one with -o');
  const standard = format !== undefined || (!quiet && !taken) ? [{ path: '-', format: format ?? 'table' as const }] : [];
  const formats = (Object.keys(EXTENSIONS) as Format[]).filter((each) => each in renderers);
  const files = output.map((path) => ({ path, format: formatOfFile(path, formats) }));
  for (const { path } of files) requireWritable(path);
  return [...standard, ...files];
}

/**
 * Checks where `--requests` and `--steps` go.
 *
 * @returns whether one of them takes standard output
 * @throws InputError
 */
export function checkRowFiles({ requests, steps }: Pick<RunOptions, 'requests' | 'steps'>): boolean {
  checkRowFile('--requests', requests, ['.csv', '.jsonl']);
  checkRowFile('--steps', steps, ['.jsonl']);
  if (requests === '-' && steps === '-') throw new InputError('--requests and --steps cannot both go to standard output');
  return requests === '-' || steps === '-';
}

function checkRowFile(option: string, path: string | undefined, extensions: readonly string[]): void {
  if (path === undefined || path === '-') return;
  if (!extensions.includes(extname(path).toLowerCase())) {
    throw new InputError(`${option}: cannot tell the format of ${path} from its extension`, `name it ${extensions.join(' or ')}`);
  }
  requireWritable(path);
}
