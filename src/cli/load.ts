/** Scenario files into scenarios: all of them, or everything that is wrong with any of them. */
import { dirname, isAbsolute, join } from 'node:path';
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { loadScenario, type LoadedScenario as Loaded } from '../scenario/load.ts';
import { locatedAnywhere } from '../scenario/faults.ts';
import { inputError } from './exit.ts';
import { say } from './io/faults.ts';
import { WOULD_DESTROY } from './io/file-uses.ts';
import { readScenarioFile } from './io/files.ts';
import { STDIN } from './io/read-whole.ts';

/** A scenario and the file it came from. */
export interface LoadedScenario extends Loaded {
  /** As given on the command line. */
  readonly path: string;
}

/**
 * Loads every file before anything is said, so that a user sees all faults at once.
 *
 * @throws FaultError with the faults of all files
 */
export async function loadScenarios(paths: readonly string[], { quiet = false, color }: { quiet?: boolean; color: boolean }): Promise<LoadedScenario[]> {
  if (paths.filter((path) => path === STDIN).length > 1) throw inputError('standard input (-) can be read only once');
  const loaded: LoadedScenario[] = [];
  const faults: Fault<FilePlace>[] = [];
  const warnings: Fault<FilePlace>[] = [];
  for (const path of paths) {
    const result = loadFile(path);
    if ('scenario' in result) {
      loaded.push({ ...result, path });
      warnings.push(...result.warnings);
    } else {
      faults.push(...result.faults);
    }
  }
  if (faults.length > 0) throw new FaultError(quiet ? faults : [...faults, ...warnings]);
  if (!quiet) await say(warnings, color);
  return loaded;
}

/** One file; a file that cannot be read is a fault like any other, so that the rest of the files have their say. */
export function loadFile(path: string): ReturnType<typeof loadScenario> {
  try {
    return loadScenario(readScenarioFile(path), path);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { faults: unreadable(error, path) };
  }
}

/** What is said of a file that cannot be read, or must not be. */
export function unreadable({ faults }: FaultError, file: string): Fault<FilePlace>[] {
  return faults.map((fault) => ({ ...fault, code: fault.code === WOULD_DESTROY ? WOULD_DESTROY : 'unreadable-file', file }));
}

/**
 * Builds a workload or runs it; what is wrong with it has its place in the scenario, or in the trace.
 *
 * @throws FaultError
 */
export async function locatingFaults<Result>(loaded: LoadedScenario, build: () => Promise<Result>): Promise<Result> {
  try {
    return await build();
  } catch (error) {
    throw error instanceof FaultError ? new FaultError(inFiles(error.faults, loaded, loaded.path)) : error;
  }
}

/** Faults of a scenario with their places: in its file, or in the file that is at fault. */
export function inFiles(faults: readonly Fault[], { locate }: Pick<Loaded, 'locate'>, path: string): Fault<FilePlace>[] {
  return faults.map((fault) => locatedAnywhere(fault, locate, path, (name) => (path === STDIN || isAbsolute(name) ? name : join(dirname(path), name))));
}
