/**
 * Standard output and error, written synchronously: what was said is said when the process ends, and a reader
 * that went away is an exception at the point of writing.
 */
import { fstatSync, statSync, writeSync } from 'node:fs';
import { systemError } from '../exit.ts';

/** The reader of our output has closed it, as `head` does: not an error, and nothing more to say. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** @throws ReaderGone when the other end of the pipe is closed */
export function writeOut(text: string): void {
  writeAll(1, text);
}

/** Standard error: if nobody listens there, or nothing can be written there, nobody is told; the exit code still tells. */
export function writeErr(text: string): void {
  try {
    writeAll(2, text);
  } catch {
    // There is no other place to say it.
  }
}

/** Whether this goes to a terminal. By the kind of file: Node's own answer would load its networking first. */
export function isTerminal(descriptor: 1 | 2): boolean {
  try {
    const file = fstatSync(descriptor);
    return file.isCharacterDevice() && file.rdev !== statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}

function writeAll(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += retrying(() => writeSync(descriptor, bytes, written));
    } catch (error) {
      if (codeOf(error) === 'EPIPE') throw new ReaderGone();
      throw systemError(error, `cannot write to standard ${descriptor === 1 ? 'output' : 'error'}`) ?? error;
    }
  }
}

/** Tries again while a pipe that somebody made non-blocking has nothing to give, or takes no more. */
export function retrying(transfer: () => number): number {
  for (;;) {
    try {
      return transfer();
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0;
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
