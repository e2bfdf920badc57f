/** Measured runs on disk: a file, packed or not, or the folder that holds one. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RunFile } from '../../experiments/measured/measured-run.ts';
import { inputError, systemError } from '../exit.ts';

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

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    const packed = GZIP_MAGIC.every((byte, i) => bytes[i] === byte);
    return new TextDecoder().decode(packed ? gunzipSync(bytes) : bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw inputError(`cannot read ${path}: it is not whole gzip data`);
    throw systemError(error, `cannot read ${path}`) ?? error;
  }
}
