/** sched capacity: how much load keeps every promise, under each policy. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CAPACITIES } from '../../render/formats.ts';
import type { CapacityCommandOptions } from '../capacity-files.ts';
import { addFiles, addJobs, addLimit, addMaxReplications, addOutput, addPromises, addReplications, addScheduler, addSeed, addSet } from '../shared-options.ts';

export function configure(command: Command): void {
  addPromises(addFiles(command))
    .addOption(new Option('--precision <share>', 'how near to each other the load that keeps and the load that breaks are to be').argParser(shareOf).default(0.01, '1%'));
  addMaxReplications(addReplications(command), 40);
  addSeed(addSet(addScheduler(command)));
  addLimit(addJobs(command));
  addOutput(command, CAPACITIES).action(async (files: string[], options: CapacityCommandOptions) => {
    const { capacityFiles } = await import('../capacity-files.ts');
    await capacityFiles(files, options);
  });
}

/** `1%` or 0.01. */
function shareOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(\s*%)?$/.exec(text.trim());
  const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : NaN;
  if (!(share >= 0.0001 && share <= 1)) throw new InvalidArgumentError('It must be a share from 0.01% to 100%.');
  return share;
}
