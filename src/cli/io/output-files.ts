/**
 * Files written whole or not at all: everything goes to a temporary file beside its target and is renamed
 * when all of them are complete.
 */
import { accessSync, closeSync, constants, existsSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inputError, systemError } from '../exit.ts';
import { writeOut } from './streams.ts';

/** Text to somewhere, in order. */
export interface Sink {
  write(text: string): void;
}

/** A pipe's worth: fewer system calls, and memory does not grow with the file. */
const BUFFER = 1 << 16;

interface OpenFile extends Sink {
  finish(): void;
  commit(): void;
  discard(): void;
}

/** All files of one command. Nothing appears under its name before `commit`. */
export interface OutputFiles {
  /** A file, or standard output for `-`. */
  open(path: string): Sink;
  commit(): void;
  /** Removes what was written so far. Does nothing after `commit`. */
  discard(): void;
}

/** @throws FaultError when a file cannot be written */
export function outputFiles(): OutputFiles {
  const opened: OpenFile[] = [];
  return {
    open(path) {
      const file = path === '-' ? standardOutput() : toFile(path);
      opened.push(file);
      return file;
    },
    commit() {
      for (const file of opened) file.finish();
      for (const file of opened.splice(0)) file.commit();
    },
    discard() {
      for (const file of opened.splice(0)) file.discard();
    },
  };
}

/**
 * Refuses a target that cannot be written before any work is done for it.
 *
 * @throws FaultError
 */
export function requireWritable(path: string): void {
  try {
    if (existsSync(path) && statSync(path).isDirectory()) throw inputError(`cannot write ${path}: it is a directory`);
    if (!existsSync(dirname(path))) throw inputError(`cannot write ${path}: there is no folder ${dirname(path)}`);
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw systemError(error, `cannot write ${path}`) ?? error;
  }
}

function standardOutput(): OpenFile {
  const buffer = buffered(writeOut);
  return { ...buffer, commit() {}, discard() {} };
}

function toFile(path: string): OpenFile {
  return guarded(path, () => {
    const target = existsSync(path) ? realpathSync(path) : path;
    // A device or a pipe is written into, not replaced by a file.
    const inPlace = existsSync(target) && !statSync(target).isFile();
    const temporary = inPlace ? target : join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    const descriptor = openSync(temporary, 'w');
    const buffer = buffered((text) => guarded(path, () => writeWhole(descriptor, text)));
    const close = once(() => closeSync(descriptor));
    return {
      write: buffer.write,
      finish() {
        buffer.finish();
        close();
      },
      commit() {
        if (!inPlace) guarded(path, () => renameSync(temporary, target));
      },
      discard() {
        close();
        if (!inPlace) rmSync(temporary, { force: true });
      },
    };
  });
}

function buffered(flush: (text: string) => void): { write(text: string): void; finish(): void } {
  let pending: string[] = [];
  let size = 0;
  const finish = () => {
    const text = pending.join('');
    pending = [];
    size = 0;
    if (text !== '') flush(text);
  };
  return {
    finish,
    write(text) {
      pending.push(text);
      size += text.length;
      if (size >= BUFFER) finish();
    },
  };
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

function guarded<Value>(path: string, action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    throw systemError(error, `cannot write ${path}`) ?? error;
  }
}
