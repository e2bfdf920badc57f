/** Everything that is wrong with a scenario file and with the files that it names. */
import type { Diagnostic } from '../core/diagnostic.ts';
import { checkFiles } from '../workload/check-files.ts';
import { filesBeside } from './io/files.ts';
import { diagnosticOf, loadFile } from './load.ts';

/**
 * Errors and warnings. Data that is not here is an error, unless the scenario says where it comes from: then the
 * scenario may be right all the same, and only cannot be run yet.
 */
export async function faultsOf(path: string): Promise<readonly Diagnostic[]> {
  const loaded = loadFile(path);
  if (!('scenario' in loaded)) return loaded.diagnostics;
  const { scenario, locate, warnings } = loaded;
  const problems = await checkFiles(scenario.sources, filesBeside(path));
  return [...warnings, ...problems.map((problem): Diagnostic => ({
    ...diagnosticOf(problem, path, locate), ...(problem.obtainable && { severity: 'warning' }),
  }))];
}
