/** Where results go: which format to standard output, which to files. Decided, and refused, before anything runs. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { FileAccess } from '../../workload/files.ts';
import { inputError } from '../exit.ts';
import { filesBeside } from './files.ts';
import { EXTENSIONS, formatOfFile, type Format } from './formats.ts';
import { requireWritable } from './output-files.ts';
import type { Renderers } from './results.ts';
import type { OutputOptions, RunOptions } from '../shared-options.ts';

export interface Destination {
  /** `-` for standard output. */
  readonly path: string;
  readonly format: Format;
}

/** The other files of a command that has destinations. */
export interface OtherFiles {
  /** Where rows go, `-` for standard output. */
  readonly rows?: readonly string[];
  /** What the command reads. */
  readonly read?: readonly string[];
}

/**
 * Standard output first, unless it is quiet or taken by rows; then the files of -o.
 *
 * @param renderers those of the command, which say what formats it has
 * @throws FaultError for a file that cannot be written, or has another use, or whose extension says nothing
 */
export function destinations(
  { format, output, quiet = false }: OutputOptions, renderers: Renderers<never>, { rows = [], read = [] }: OtherFiles = {},
): Destination[] {
  const taken = rows.includes('-');
  if (taken && format !== undefined) throw inputError('--format and rows cannot both go to standard output', 'give the rows a file, or the results one with -o');
  const standard = format !== undefined || (!quiet && !taken) ? [{ path: '-', format: format ?? 'table' as const }] : [];
  const formats = (Object.keys(EXTENSIONS) as Format[]).filter((each) => each in renderers);
  const files = output.map((path) => ({ path, format: formatOfFile(path, formats) }));
  for (const { path } of files) requireWritable(path);
  requireApart([...output, ...rows], read);
  return [...standard, ...files];
}

/**
 * Every file has one writer, and none that is read is written.
 *
 * @throws FaultError
 */
export function requireApart(written: readonly string[], read: readonly string[]): void {
  const inputs = new Set(read.filter(isReplaced).map(fileOf));
  const outputs = new Set<string>();
  for (const path of written.filter(isReplaced)) {
    const file = fileOf(path);
    if (inputs.has(file)) throw inputError(`${path} is read: writing it would destroy it`, 'name another file');
    if (outputs.size === outputs.add(file).size) throw inputError(`${path} is to be written twice`, 'name another file');
  }
}

/** The files beside a scenario, but for those that will be written: a FaultError when one of them is read. */
export function filesApart(scenarioPath: string, written: readonly string[]): FileAccess {
  return filesBeside(scenarioPath, (file) => requireApart(written, [file]));
}

/** Standard streams, pipes and devices may be used more than once. */
function isReplaced(path: string): boolean {
  return path !== '-' && (!existsSync(path) || statSync(path).isFile());
}

/** One name for a file, by whatever way it is reached; that of its folder when it is not there yet. */
function fileOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(path);
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path;
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
