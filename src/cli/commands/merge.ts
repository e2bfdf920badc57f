/** sched merge: the results of shards, put together as if one check had made them. */
import type { Command } from 'commander';
import { CHECK_REPORT } from '../../render/formats.ts';
import { addOutput, addWithin, type OutputOptions } from '../shared-options.ts';

export function configure(command: Command): void {
  command.argument('<result...>', 'what sched check --format json wrote, one file of every shard; - is standard input');
  addWithin(command);
  addOutput(command, CHECK_REPORT).action(async (paths: string[], options: OutputOptions) => {
    const { mergeFiles } = await import('../check-run.ts');
    await mergeFiles(paths, options);
  });
}
