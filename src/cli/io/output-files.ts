/**
 * Files written whole or not at all: everything goes to a temporary file beside its target and is renamed
 * when all of them are complete.
 */
import { accessSync, closeSync, constants, existsSync, lstatSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { inputError, systemError } from '../exit.ts';
import { isBaseline } from './scenario-files.ts';
import { readStart } from './read-whole.ts';
import { retrying, writeOut } from './streams.ts';
import { temporaryFile, type TemporaryFile } from './temporary-files.ts';

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
  /** The same for a baseline, which may only take the place of another, whatever became of that. */
  replaceBaseline(path: string): Sink;
  commit(): void;
  /** Removes what was written so far. Does nothing after `commit`. */
  discard(): void;
}

/** @throws FaultError when a file cannot be written */
export function outputFiles(): OutputFiles {
  const opened: OpenFile[] = [];
  const open = (path: string): Sink => {
    const file = path === '-' ? standardOutput() : toFile(path);
    opened.push(file);
    return file;
  };
  return {
    open,
    replaceBaseline(path) {
      requireBaseline(path);
      return open(path);
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
 * Refuses a target that cannot be written, or that is not what a result is written over, before any work is done for it.
 *
 * @throws FaultError
 */
export function requireWritable(path: string): void {
  if (isBaseline(path)) throw inputError(`cannot write ${path}: it is named as a baseline`, 'only sched check --update writes baselines');
  requireReplaceable(path);
}

/** What every baseline says of itself, in its first lines. */
const KIND = /"kind"\s*:\s*"baseline"/;
const FIRST_LINES = 4096;

/** @throws FaultError for a file that is there and is none */
function requireBaseline(path: string): void {
  const text = readStart(path, FIRST_LINES);
  if (text === null || text.trim() === '' || KIND.test(text)) return;
  throw inputError(`cannot write the baseline ${path}: what is there is none`, 'remove it, or rename the scenario');
}

/** @throws FaultError */
function requireReplaceable(path: string): void {
  try {
    const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) throw inputError(`cannot write ${path}: it is a directory`);
    if (link && (stats === undefined || stats.isFile())) throw inputError(`cannot write ${path}: it is a link to another file`, 'name that file itself');
    if (!existsSync(dirname(path))) throw inputError(`cannot write ${path}: there is no folder ${dirname(path)}`);
    if (stats) accessSync(path, constants.W_OK);
    if (stats?.isFile() ?? true) accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw systemError(error, `cannot write ${path}`) ?? error;
  }
}

function standardOutput(): OpenFile {
  const buffer = buffered(writeOut);
  return { ...buffer, commit() {}, discard() {} };
}

function toFile(path: string): OpenFile {
  requireReplaceable(path);
  // A device or a pipe is written into, not replaced by a file.
  return guarded(path, () => ((statSync(path, { throwIfNoEntry: false })?.isFile() ?? true) ? inPlaceOf(path) : into(path)));
}

/** The temporary file is made when there is something to put in it: there is none while only the engine is at work. */
function inPlaceOf(path: string): OpenFile {
  let file: TemporaryFile | undefined;
  const made = (): TemporaryFile => (file ??= temporaryFile(dirname(path), statSync(path, { throwIfNoEntry: false })));
  const buffer = buffered((text) => guarded(path, () => writeWhole(made().descriptor, text)));
  return {
    write: buffer.write,
    finish() {
      buffer.finish();
      guarded(path, () => made().close());
    },
    commit: () => guarded(path, () => made().rename(path)),
    discard: () => file?.remove(),
  };
}

function into(path: string): OpenFile {
  const descriptor = openSync(path, 'w');
  const buffer = buffered((text) => guarded(path, () => writeWhole(descriptor, text)));
  const close = once(() => closeSync(descriptor));
  return {
    write: buffer.write,
    finish() {
      buffer.finish();
      close();
    },
    commit() {},
    discard: close,
  };
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
  for (let written = 0; written < bytes.length;) written += retrying(() => writeSync(descriptor, bytes, written));
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
