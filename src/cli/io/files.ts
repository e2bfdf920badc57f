/** Files that a user names: scenarios, standard input, and the data that a scenario points to. */
import { createReadStream } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Files } from '../../jobs/world.ts';
import { STDIN } from '../../scenario/stdin.ts';
import { isPresent, openRegular, readWhole } from './read-whole.ts';

const CHUNK = 1 << 20;

/** Files on disk; those that a scenario from standard input names are relative to the working directory. */
export const FILES: Files = {
  async read(file, mebibytes) {
    return readWhole(file, mebibytes);
  },
  async readIfPresent(file, mebibytes) {
    return isPresent(file) ? readWhole(file, mebibytes) : null;
  },
  beside(scenario) {
    const folder = scenario === STDIN ? '.' : dirname(scenario);
    return {
      // Opened when the first bytes are wanted: the error of a stream that nobody reads yet would end the process.
      async *open(path) {
        const file = resolve(folder, path);
        yield* createReadStream(file, { fd: openRegular(file), highWaterMark: CHUNK });
      },
    };
  },
  nameBeside: (scenario, file) => (scenario === STDIN || isAbsolute(file) ? file : join(dirname(scenario), file)),
};
