/** Files that a user names: scenarios, and the traces that a scenario points to. */
import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MAX_MEBIBYTES } from '../../scenario/text.ts';
import type { FileAccess } from '../../workload/files.ts';
import { openRegular, readWhole, STDIN } from './read-whole.ts';

/**
 * The bytes of a scenario file, or of standard input for `-`.
 *
 * @throws FaultError when it cannot be read
 */
export function readScenarioFile(path: string): Uint8Array {
  return readWhole(path, MAX_MEBIBYTES);
}

const CHUNK = 1 << 20;

/** Opens the files of a scenario relative to its folder; those of standard input relative to the working directory. */
export function filesBeside(scenarioPath: string): FileAccess {
  const folder = scenarioPath === STDIN ? '.' : dirname(scenarioPath);
  return {
    // Opened when the first bytes are wanted: the error of a stream that nobody reads yet would end the process.
    async *open(path) {
      const file = resolve(folder, path);
      yield* createReadStream(file, { fd: openRegular(file), highWaterMark: CHUNK });
    },
  };
}
