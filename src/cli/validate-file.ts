/** Everything that is wrong with a scenario file and with the files that it names. */
import type { Fault } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { checkFiles } from '../workload/check-files.ts';
import { MISSING_DATA } from '../workload/fault.ts';
import { filesBeside } from './io/files.ts';
import { inFiles, loadFile } from './load.ts';

/**
 * Errors and warnings. Data that is not here is an error, unless the scenario says where it comes from: then the
 * scenario may be right all the same, and only cannot be run yet.
 */
export async function faultsOf(path: string): Promise<readonly Fault<FilePlace>[]> {
  const loaded = loadFile(path);
  if (!('scenario' in loaded)) return loaded.faults;
  const { scenario, warnings } = loaded;
  const found = inFiles(await checkFiles(scenario.sources, filesBeside(path)), loaded, path);
  return [...warnings, ...found.map((fault): Fault<FilePlace> => (fault.code === MISSING_DATA ? { ...fault, severity: 'warning' } : fault))];
}
