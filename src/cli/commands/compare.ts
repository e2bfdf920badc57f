/** sched compare: the policies of scenarios side by side, each against the first. */
import type { Command } from 'commander';
import type { Fault } from '../../core/fault.ts';
import { COMPARISONS, REPLICATED_COMPARISONS } from '../../render/formats.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { addRun, type RunOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addRun(command, COMPARISONS).action(async (files: string[], options: RunOptions) => {
    if (options.replications !== undefined) {
      const { replicateFiles } = await import('../replications.ts');
      return replicateFiles(files, options.replications, options, REPLICATED_COMPARISONS, single);
    }
    const { runFiles } = await import('../run-files.ts');
    return runFiles(files, options, COMPARISONS, single);
  });
}

/** Why there is nothing to compare; undefined: there is. */
function single({ name, schedulers }: Scenario): Fault | undefined {
  if (schedulers.length > 1) return undefined;
  return { code: 'input', message: `${name}: a comparison needs two schedulers, this is one (${schedulers[0]!.name})`, help: 'name more with --scheduler fifo,priority' };
}
