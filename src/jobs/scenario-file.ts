/** A scenario file into a scenario, or everything that is wrong with it. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { locatedAnywhere } from '../scenario/faults.ts';
import { type LoadedScenario, loadScenario, type RefusedScenario } from '../scenario/load.ts';
import { MAX_MEBIBYTES } from '../scenario/text.ts';
import { readModelFile } from './model-file.ts';
import type { World } from './world.ts';

/** A scenario and the file it came from. */
export interface ScenarioFile extends LoadedScenario {
  /** As the user named it. */
  readonly path: string;
}

/** One file; a file that cannot be read is a fault like any other, so that the rest of the files have their say. */
export async function loadFile(path: string, { files, policies }: World): Promise<ScenarioFile | RefusedScenario> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path, MAX_MEBIBYTES);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { faults: unreadable(error, path) };
  }
  let loaded = loadScenario(bytes, path, { policies });
  if ('faults' in loaded && loaded.modelFile !== undefined) loaded = loadScenario(bytes, path, { policies, modelFile: await readModelFile(files.beside(path), loaded.modelFile) });
  return 'scenario' in loaded ? { ...loaded, path } : loaded;
}

/** What is said of a file that cannot be read, or must not be. */
export function unreadable({ faults }: FaultError, file: string): Fault<FilePlace>[] {
  return faults.map((fault) => ({ ...fault, code: fault.code === 'input' ? 'unreadable-file' : fault.code, file }));
}

/**
 * Builds a workload or runs it; what is wrong with it has its place in the scenario, or in the trace.
 *
 * @throws FaultError
 */
export async function locatingFaults<Result>(loaded: ScenarioFile, world: World, build: () => Promise<Result>): Promise<Result> {
  try {
    return await build();
  } catch (error) {
    throw error instanceof FaultError ? new FaultError(inFiles(error.faults, loaded, world)) : error;
  }
}

/** Faults of a scenario with their places: in its file, or in the file that is at fault. */
export function inFiles(faults: readonly Fault[], { path, locate }: ScenarioFile, { files }: World): Fault<FilePlace>[] {
  return faults.map((fault) => locatedAnywhere(fault, locate, path, (file) => files.nameBeside(path, file)));
}
