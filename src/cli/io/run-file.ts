/** Measured runs on disk: a file, packed or not, or the folder that holds one. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RunFile } from '../../experiments/measured/measured-run.ts';
import { inputError } from '../exit.ts';
import { readWhole } from './read-whole.ts';

/** What a run is called in the folder that is named after it. */
const IN_FOLDER = 'requests.jsonl';
const GZIP_MAGIC = [0x1f, 0x8b];

/** @throws FaultError when it cannot be read */
export function readRunFile(given: string): RunFile {
  const path = existsSync(given) && statSync(given).isDirectory() ? join(given, IN_FOLDER) : given;
  const folder = dirname(resolve(path));
  const file = basename(path);
  return {
    path,
    name: file === IN_FOLDER ? basename(folder) : file.replace(/(\.jsonl?)?(\.gz)?$/i, ''),
    text: readText(path),
    beside: (name) => (existsSync(join(folder, name)) ? readText(join(folder, name)) : null),
  };
}

/** Largest text of a run: a million requests, or as many tokens one by one. */
const MAX_MEBIBYTES = 64;

function readText(path: string): string {
  const bytes = readWhole(path, MAX_MEBIBYTES);
  const packed = GZIP_MAGIC.every((byte, i) => bytes[i] === byte);
  return new TextDecoder().decode(packed ? unpacked(path, bytes) : bytes);
}

function unpacked(path: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_MEBIBYTES * 2 ** 20 });
  } catch (error) {
    const tooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw inputError(`cannot read ${path}: ${tooLong ? `it unpacks to more than ${MAX_MEBIBYTES} MiB` : 'it is not whole gzip data'}`);
  }
}
