/** Everything that is wrong with scenario files and with the files that they name. */
import type { Fault } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { checkFiles } from '../workload/check-files.ts';
import { MISSING_DATA } from '../workload/fault.ts';
import { faultsAndJudging } from './judging.ts';
import { inFiles, loadFile } from './scenario-file.ts';
import type { World } from './world.ts';

/**
 * Errors and warnings of one file. Data that is not here is an error, unless the scenario says where it comes
 * from: then the scenario may be right all the same, and only cannot be run yet.
 */
export async function validate(path: string, world: World): Promise<readonly Fault<FilePlace>[]> {
  const loaded = await loadFile(path, world);
  const told = faultsAndJudging(path, loaded);
  if (!('scenario' in loaded)) return told;
  const found = inFiles(await checkFiles(loaded.scenario.sources, world.files.beside(path), world.limits.requests), loaded, world);
  return [...told, ...found.map((fault): Fault<FilePlace> => (fault.code === MISSING_DATA ? { ...fault, severity: 'warning' } : fault))];
}
