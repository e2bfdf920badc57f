/**
 * Policies from files that the user names: `--plugin ./mine.js`. Never from a scenario, which may be a stranger's.
 *
 * A plugin exports `policies`: a list of definitions, or a function that is given what `sched` exports and returns one.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codePlace } from '../core/code-place.ts';
import { type Fault, FaultError } from '../core/fault.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { systemError } from './exit.ts';
import { importFile } from './io/import-file.cjs';

let files: readonly string[] = [];
let policies: readonly PolicyDefinition<never>[] = [];

/** The files, for another thread of this process. */
export function pluginFiles(): readonly string[] {
  return files;
}

/** What all plugins bring. */
export function pluginPolicies(): readonly PolicyDefinition<never>[] {
  return policies;
}

/**
 * From now on these plugins are in use.
 *
 * @throws FaultError for one that cannot be loaded, or brings what is no policy
 */
export async function usePlugins(named: readonly string[]): Promise<void> {
  const { definitionFaults } = await import('../schedulers/given.ts');
  let all: readonly PolicyDefinition<never>[] = [];
  for (const file of named) {
    const given = await policiesOf(file);
    const faults = Array.isArray(given) ? definitionFaults([...all, ...given]) : definitionFaults(given);
    if (faults.length > 0) throw new FaultError(faults.map((fault) => ({ ...fault, message: `${file}: ${fault.message}` })));
    all = [...all, ...(given as readonly PolicyDefinition<never>[])];
  }
  files = named;
  policies = all;
}

async function policiesOf(file: string): Promise<unknown> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await importFile(pathToFileURL(resolve(file)).href);
  } catch (error) {
    throw new FaultError([unloadable(file, error)]);
  }
  // A file that is no module exports all it has as its default.
  const given = exported['policies'] ?? (exported['default'] as { readonly policies?: unknown } | undefined)?.policies;
  if (given === undefined) throw new FaultError([wrong(`${file} exports no policies`, 'export const policies = [ … ] (docs/extending.md); a plugin brings nothing else')]);
  if (typeof given !== 'function') return given;
  const sched = await import('../index.ts');
  try {
    return await (given as (library: typeof sched) => unknown)(sched);
  } catch (error) {
    throw new FaultError([unloadable(file, error)]);
  }
}

function unloadable(file: string, error: unknown): Fault {
  const { message, code } = error instanceof Error ? (error as Error & { code?: string }) : { message: String(error) };
  const doing = `cannot load the plugin ${file}`;
  const ofSystem = systemError(error, doing);
  if (ofSystem) return ofSystem.faults[0]!;
  if (code === 'ERR_UNSUPPORTED_DIR_IMPORT' || code === 'ERR_UNKNOWN_FILE_EXTENSION') return wrong(`${doing}: it is no JavaScript file`, 'its name ends in .js, .mjs or .cjs');
  if (code === 'ERR_MODULE_NOT_FOUND') return missing(file, doing, message);
  const place = codePlace(error);
  const help = error instanceof SyntaxError && file.endsWith('.js') ? 'a file with import and export is called .mjs, unless its package.json says "type": "module"' : undefined;
  return wrong(`${doing}: ${message}${place === undefined ? '' : ` (${place})`}`, help);
}

/** The file itself, or something that it imports. */
function missing(file: string, doing: string, message: string): Fault {
  const [, what] = /'([^']+)'/.exec(message) ?? [];
  if (what === resolve(file)) return wrong(`${doing}: there is no such file or directory`);
  if (what === 'sched') return wrong(`${doing}: it imports sched, which is not installed beside it`, 'npm install sched there, or export const policies = (sched) => [ … ], which is given it');
  return wrong(`${doing}: it imports ${what}, which is not there`);
}

function wrong(message: string, help?: string): Fault {
  return { code: 'plugin', message, help };
}
