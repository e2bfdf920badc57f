/** sched simulate: run the policies of scenarios, a table by class for each. */
import type { Command } from 'commander';
import { addRun, type RunOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addRun(command).action(async (files: string[], options: RunOptions) => {
    const [{ runFiles }, { SIMULATE }] = await Promise.all([import('../run-files.ts'), import('../io/results.ts')]);
    await runFiles(files, options, SIMULATE);
  });
}
