/** sched workload: what the requests of a scenario look like, without running them. */
import type { Command } from 'commander';
import { WORKLOADS } from '../../render/formats.ts';
import { addFiles, addOutput, addSeed, type OutputOptions, type SelectionOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  addFiles(command);
  addSeed(command);
  addOutput(command, WORKLOADS).action(async (files: string[], options: OutputOptions & SelectionOptions) => {
    const { describeFiles } = await import('../describe-files.ts');
    await describeFiles(files, options);
  });
}
