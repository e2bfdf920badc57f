/** sched workload: what the requests of a scenario, or of a trace, look like, without running them. */
import type { Command } from 'commander';
import { WORKLOADS } from '../../render/formats.ts';
import type { WorkloadOptions } from '../describe-files.ts';
import { addLimit, addOutput, addPlugin, addSeed, addSet, addWithin } from '../shared-options.ts';

const WRITING = `
-o also takes .csv, .jsonl and .yaml: there the requests themselves are written, to be replayed to the same microsecond; with --fit
.yaml is a scenario of their synthetic twin.`;

export function configure(command: Command): void {
  addWithin(command.argument('<file...>', 'scenarios (YAML or JSON; - is standard input), or traces in any format that is known'))
    .option('--strict', 'refuse what a trace has out of order, and every row that is malformed')
    .option('--fit', 'propose generated requests like these: a synthetic twin, and how far it is from them')
    .addHelpText('after', WRITING);
  addSet(command);
  addSeed(addPlugin(command));
  addLimit(command);
  addOutput(command, WORKLOADS).action(async (files: string[], options: WorkloadOptions) => {
    const { describeFiles } = await import('../describe-files.ts');
    await describeFiles(files, options);
  });
}
