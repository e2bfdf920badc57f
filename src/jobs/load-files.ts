/** Scenario files into scenarios: all of them, or everything that is wrong with any of them. */
import { type Fault, FaultError, isError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import type { RefusedScenario } from '../scenario/load.ts';
import { faultsAndJudging } from './judging.ts';
import { loadFile, type ScenarioFile } from './scenario-file.ts';
import type { World } from './world.ts';

export interface LoadedFiles {
  readonly scenarios: readonly ScenarioFile[];
  readonly warnings: readonly Fault<FilePlace>[];
}

/**
 * Loads every file before anything is said, so that a user sees all faults at once, those of how a scenario is to be
 * judged among them.
 *
 * @param revise what is changed in each from outside
 * @throws FaultError with the faults of all files, and their warnings
 */
export async function loadFiles(
  paths: readonly string[], world: World, revise: (loaded: ScenarioFile) => ScenarioFile | RefusedScenario = (loaded) => loaded,
): Promise<LoadedFiles> {
  const scenarios: ScenarioFile[] = [];
  const faults: Fault<FilePlace>[] = [];
  const warnings: Fault<FilePlace>[] = [];
  for (const path of paths) {
    const read = await loadFile(path, world);
    const result = 'scenario' in read ? revise(read) : read;
    const found = faultsAndJudging(path, result);
    if ('scenario' in result && !found.some(isError)) {
      scenarios.push(result);
      warnings.push(...found);
    } else {
      faults.push(...found);
    }
  }
  if (faults.length > 0) throw new FaultError([...faults, ...warnings]);
  return { scenarios, warnings };
}
