/**
 * Files read whole, and standard input: regular files only, so that no pipe is waited for and no device is read
 * without end, and none that is larger than what it can be.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { STDIN } from '../../scenario/stdin.ts';
import { inputError, systemError } from '../exit.ts';
import { requireWithin, willRead } from './file-uses.ts';
import { retrying } from './streams.ts';

const CHUNK = 1 << 16;

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @param mebibytes the most that it may hold
 * @throws FaultError when it cannot be read, is none that has an end, or holds more
 */
export function readWhole(path: string, mebibytes: number): Buffer {
  const name = path === STDIN ? 'standard input' : path;
  return refusing(name, () => (path === STDIN ? readAll(0, name, mebibytes) : withRegular(path, (descriptor) => readAll(descriptor, name, mebibytes))));
}

/** The first bytes of a file, as text; null when it is not there. @throws FaultError as for `readWhole` */
export function readStart(path: string, bytes: number): string | null {
  if (!isPresent(path)) return null;
  const start = Buffer.alloc(bytes);
  return refusing(path, () => start.toString('utf8', 0, withRegular(path, (descriptor) => readSync(descriptor, start))));
}

/** Whether something is there, be it what can be read or not. */
export function isPresent(path: string): boolean {
  return refusing(path, () => statSync(path, { throwIfNoEntry: false })) !== undefined;
}

function refusing<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw systemError(error, `cannot read ${name}`) ?? error;
  }
}

function withRegular<Result>(path: string, use: (descriptor: number) => Result): Result {
  const descriptor = openRegular(path);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Opens a regular file for reading.
 *
 * @throws FaultError where it is going to be written; an error with a `code` and a `syscall`, as those of the system, where it
 * cannot be opened, is no regular file (`ENOTREG`) or is out of bounds (`EOUTSIDE`)
 */
export function openRegular(path: string): number {
  requireWithin(path);
  // Not waiting for whoever may open the other end of a pipe.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) throw Object.assign(new Error('EISDIR: it is a directory'), { code: 'EISDIR', syscall: 'open' });
    if (!stats.isFile()) throw Object.assign(new Error('ENOTREG: not a regular file'), { code: 'ENOTREG', syscall: 'open' });
    willRead(stats);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readAll(descriptor: number, name: string, mebibytes: number): Buffer {
  const most = mebibytes * 2 ** 20;
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    // What the system says of the size of a file may be out of date, or 0.
    const piece = Buffer.allocUnsafe(Math.max(CHUNK, Math.min(size, 1 << 22)));
    const read = retrying(() => readSync(descriptor, piece));
    if (read === 0) return Buffer.concat(pieces, size);
    pieces.push(piece.subarray(0, read));
    size += read;
    if (size > most) throw inputError(`cannot read ${name}: it is larger than ${mebibytes} MiB`);
  }
}
