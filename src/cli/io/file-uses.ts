/**
 * What this process reads and what it is going to write: a file that is both would be destroyed. And where it may
 * read at all, for those who check what strangers wrote.
 *
 * Files are told apart by what they are (device and inode), not by their names, which may be several. A file that is
 * not there yet is its name in its folder.
 */
import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { FaultError } from '../../core/fault.ts';
import { inputError } from '../exit.ts';

const inputs = new Set<string>();
/** By identity, the names they were given by. */
const outputs = new Map<string, string>();
let root: string | null = null;

/** What another thread of this process keeps to as well. */
export interface FileRules {
  readonly written: readonly string[];
  readonly within: string | null;
}

export function fileRules(): FileRules {
  return { written: [...outputs.values()], within: root };
}

export function keepTo({ written, within }: FileRules): void {
  root = within;
  willWrite(written);
}

/**
 * From now on only files of this folder and below are read, wherever links lead.
 *
 * @throws FaultError where there is no such folder
 */
export function readWithin(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw inputError(`--within: there is no folder ${folder}`);
  root = realpathSync(folder);
}

/** @throws Error with the code `EOUTSIDE`, or that of the system */
export function requireWithin(path: string): void {
  if (root === null) return;
  // By name first: whether there is such a file outside is nobody's business.
  const name = resolve(path);
  const folder = resolve(root);
  const outside = Object.assign(new Error(`EOUTSIDE: outside ${root}`), { code: 'EOUTSIDE', syscall: 'open' });
  const isBelow = (file: string): boolean => file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  if (isBelow(name)) {
    if (isBelow(realpathSync(name))) return;
    throw outside;
  }
  // The folder may have been named by way of a link.
  const parent = statSync(dirname(name), { throwIfNoEntry: false }) && realpathSync(dirname(name));
  if (parent === undefined || !isBelow(join(parent, basename(name))) || !isBelow(realpathSync(name))) throw outside;
}

/**
 * Says which files will be written, before any of them is: every one of them has one writer.
 *
 * @throws FaultError for a file that is read, or is to be written twice
 */
export function willWrite(paths: readonly string[]): void {
  for (const path of paths) {
    const identity = identityOf(path);
    if (identity === null) continue;
    if (inputs.has(identity)) throw destroyed(path);
    if (outputs.has(identity)) throw inputError(`${path} is to be written twice`, 'name another file');
    outputs.set(identity, path);
  }
}

/**
 * Says that a file is read: a scenario may name one only now.
 *
 * @throws FaultError for a file that will be written
 */
export function willRead(stats: Stats): void {
  const identity = inode(stats);
  const output = outputs.get(identity);
  if (output !== undefined) throw destroyed(output);
  inputs.add(identity);
}

/** The code of the fault that a file is read which will be written: nothing may be written then. */
export const WOULD_DESTROY = 'would-destroy';

function destroyed(path: string): FaultError {
  return new FaultError([{ code: WOULD_DESTROY, message: `${path} is read: writing it would destroy it`, help: 'name another file' }]);
}

/** Null for what is written into rather than replaced: standard streams, pipes and devices may be used more than once. */
function identityOf(path: string): string | null {
  if (path === '-') return null;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats) return stats.isFile() ? inode(stats) : null;
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  return folder ? join(realpathSync(dirname(path)), basename(path)) : path;
}

function inode({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
