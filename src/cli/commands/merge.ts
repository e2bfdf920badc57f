/** sched merge: the results of shards, put together as if one check, or one sweep, had made them. */
import type { Command } from 'commander';
import { CHECK_REPORT, SWEEPS } from '../../render/formats.ts';
import { addOutput, addWithin, type OutputOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  command.argument('<result...>', 'what sched check or sched sweep wrote as JSON, one file of every shard; - is standard input');
  addWithin(command);
  addOutput(command, [...CHECK_REPORT, ...SWEEPS.filter(({ name }) => name === 'csv')]).action(async (paths: string[], options: OutputOptions) => {
    const { mergeFiles } = await import('../merge-files.ts');
    await mergeFiles(paths, options);
  });
}
