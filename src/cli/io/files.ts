/** Files that the user names: scenarios, standard input, and the traces that a scenario points to. */
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FileAccess } from '../../workload/files.ts';
import { systemError } from '../exit.ts';

/** The name by which standard input is given. */
export const STDIN = '-';

/**
 * The bytes of a scenario file, or of standard input for `-`.
 *
 * @throws FaultError when it cannot be read
 */
export function readScenarioFile(path: string): Uint8Array {
  try {
    return readFileSync(path === STDIN ? 0 : path);
  } catch (error) {
    throw systemError(error, `cannot read ${path === STDIN ? 'standard input' : path}`) ?? error;
  }
}

const CHUNK = 1 << 20;

/**
 * Opens the files of a scenario relative to its folder; those of standard input relative to the working directory.
 *
 * @param onOpen told of every file that is about to be read
 */
export function filesBeside(scenarioPath: string, onOpen: (file: string) => void = () => {}): FileAccess {
  const folder = scenarioPath === STDIN ? '.' : dirname(scenarioPath);
  return {
    // Opened when the first bytes are wanted: the error of a stream that nobody reads yet would end the process.
    async *open(path) {
      const file = resolve(folder, path);
      onOpen(file);
      yield* createReadStream(file, { highWaterMark: CHUNK });
    },
  };
}
