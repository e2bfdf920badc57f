/** sched simulate: run the policies of scenarios, a table by class for each. */
import type { Command } from 'commander';
import { REPLICATED_REPORTS, RUN_REPORTS } from '../../render/formats.ts';
import { addRun, type RunOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addRun(command, RUN_REPORTS).action(async (files: string[], options: RunOptions) => {
    if (options.replications !== undefined) {
      const { replicateFiles } = await import('../replications.ts');
      return replicateFiles(files, options.replications, options, REPLICATED_REPORTS);
    }
    const { runFiles } = await import('../run-files.ts');
    return runFiles(files, options, RUN_REPORTS);
  });
}
