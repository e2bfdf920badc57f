/** Where results go: which format to standard output, which to files. Decided, and refused, before anything runs. */
import { extname } from 'node:path';
import { inputError } from '../exit.ts';
import { willWrite } from './file-uses.ts';
import { EXTENSIONS, formatOfFile, type Format } from './formats.ts';
import { requireWritable } from './output-files.ts';
import type { Renderers } from './results.ts';
import type { OutputOptions, RunOptions } from '../shared-options.ts';

export interface Destination {
  /** `-` for standard output. */
  readonly path: string;
  readonly format: Format;
}

/**
 * Standard output first, unless it is quiet or taken by rows; then the files of -o.
 *
 * @param renderers those of the command, which say what formats it has
 * @param rows where rows go, `-` for standard output
 * @throws FaultError for a file that cannot be written, or has another use, or whose extension says nothing
 */
export function destinations(
  { format, output, quiet = false }: OutputOptions, renderers: Renderers<never>, rows: readonly string[] = [],
): Destination[] {
  const taken = rows.includes('-');
  if (taken && format !== undefined) throw inputError('--format and rows cannot both go to standard output', 'give the rows a file, or the results one with -o');
  const standard = format !== undefined || (!quiet && !taken) ? [{ path: '-', format: format ?? 'table' as const }] : [];
  const formats = (Object.keys(EXTENSIONS) as Format[]).filter((each) => each in renderers);
  const files = output.map((path) => ({ path, format: formatOfFile(path, formats) }));
  for (const { path } of files) requireWritable(path);
  willWrite([...output, ...rows]);
  return [...standard, ...files];
}

/**
 * Checks where `--requests` and `--steps` go, and gives those that go anywhere.
 *
 * @throws FaultError
 */
export function checkRowFiles({ requests, steps }: Pick<RunOptions, 'requests' | 'steps'>): string[] {
  checkRowFile('--requests', requests, ['.csv', '.jsonl']);
  checkRowFile('--steps', steps, ['.jsonl']);
  if (requests === '-' && steps === '-') throw inputError('--requests and --steps cannot both go to standard output');
  return [requests, steps].filter((path) => path !== undefined);
}

function checkRowFile(option: string, path: string | undefined, extensions: readonly string[]): void {
  if (path === undefined || path === '-') return;
  if (!extensions.includes(extname(path).toLowerCase())) {
    throw inputError(`${option}: cannot tell the format of ${path} from its extension`, `name it ${extensions.join(' or ')}`);
  }
  requireWritable(path);
}
