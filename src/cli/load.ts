/** The scenario files of a command line. */
import { FaultError, isError } from '../core/fault.ts';
import { loadFiles } from '../jobs/load-files.ts';
import type { ScenarioFile } from '../jobs/scenario-file.ts';
import { readSettings, selected } from '../jobs/selection.ts';
import { revised } from '../scenario/revise.ts';
import type { World } from '../jobs/world.ts';
import { requireOneStdin } from './exit.ts';
import { say } from './io/faults.ts';
import type { OutputOptions, SelectionOptions } from './shared-options.ts';

/**
 * Loads every file, tells the warnings, and makes of the scenarios what the options say.
 *
 * @throws FaultError with what is wrong with any of them
 */
export async function loadSelected(paths: readonly string[], options: Pick<OutputOptions, 'quiet' | 'color'> & SelectionOptions, world: World): Promise<ScenarioFile[]> {
  requireOneStdin(paths);
  const settings = readSettings(options.set ?? []);
  const { scenarios, warnings } = await loadFiles(paths, world, (loaded) => revised(loaded, settings)).catch((error: unknown) => {
    throw error instanceof FaultError && options.quiet ? new FaultError(error.faults.filter(isError)) : error;
  });
  if (!options.quiet) await say(warnings, options.color);
  return scenarios.map((each) => ({ ...each, scenario: selected(each.scenario, options, world) }));
}
