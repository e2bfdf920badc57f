/** sched compare: the policies of scenarios side by side, each against the first. */
import type { Command } from 'commander';
import { inputError } from '../exit.ts';
import { COMPARISONS } from '../../render/formats.ts';
import { addRun, type RunOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addRun(command, COMPARISONS).action(async (files: string[], options: RunOptions) => {
    const { runFiles } = await import('../run-files.ts');
    await runFiles(files, options, COMPARISONS, ({ name, schedulers }) => {
      if (schedulers.length > 1) return;
      throw inputError(`${name}: a comparison needs two schedulers, this is one (${schedulers[0]!.name})`, 'name more with --scheduler fifo,priority');
    });
  });
}
