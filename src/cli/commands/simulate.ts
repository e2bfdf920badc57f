/** sched simulate: run the policies of scenarios, a table by class for each. */
import type { Command } from 'commander';
import { RUN_REPORTS } from '../../render/formats.ts';
import { addRun, type RunOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addRun(command, RUN_REPORTS).action(async (files: string[], options: RunOptions) => {
    const { runFiles } = await import('../run-files.ts');
    await runFiles(files, options, RUN_REPORTS);
  });
}
