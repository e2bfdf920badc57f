/** A world without a process: files are texts by name, and everything is done on this thread. For programs, tests and browsers. */
import { FaultError } from '../core/fault.ts';
import { LIMITS } from '../run/limits.ts';
import { onThisThread, type Files, type World } from './world.ts';

/**
 * A world in which these files are all there are.
 *
 * @param texts by path, with `/` between folders; what a scenario names is looked for beside it
 */
export function inMemory(texts: Readonly<Record<string, string | Uint8Array>>, { policies = [], limits = LIMITS, version = 'library', progress }: Partial<Pick<World, 'policies' | 'limits' | 'version' | 'progress'>> = {}): World {
  return { files: filesOf(new Map(Object.entries(texts).map(([path, text]) => [plain(path), bytesOf(text)]))), pool: onThisThread, policies, limits, version, ...(progress && { progress }) };
}

function filesOf(known: ReadonlyMap<string, Uint8Array>): Files {
  const nameBeside = (scenario: string, file: string): string => (file.startsWith('/') ? file : plain(`${scenario.replace(/[^/]*$/, '')}${file}`));
  const readIfPresent: Files['readIfPresent'] = async (file, mebibytes) => {
    const bytes = known.get(plain(file)) ?? null;
    if (bytes && bytes.length > mebibytes * 2 ** 20) throw unreadable(file, `it is larger than ${mebibytes} MiB`);
    return bytes;
  };
  return {
    readIfPresent, nameBeside,
    async read(file, mebibytes) {
      const bytes = await readIfPresent(file, mebibytes);
      if (!bytes) throw unreadable(file, 'there is no such file');
      return bytes;
    },
    beside: (scenario) => ({
      async *open(path) {
        const bytes = known.get(nameBeside(scenario, path));
        if (!bytes) throw Object.assign(new Error('there is no such file'), { code: 'ENOENT' });
        yield bytes;
      },
    }),
  };
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

/** `a/./b/../c` -> `a/c`. */
function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function unreadable(file: string, why: string): FaultError {
  return new FaultError([{ code: 'input', message: `cannot read ${file}: ${why}` }]);
}
