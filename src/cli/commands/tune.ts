/** sched tune: which setting and policy keep every promise at the least of some figure. */
import type { Command } from 'commander';
import { TUNINGS } from '../../render/formats.ts';
import { addJobs, addLimit, addMaxReplications, addOutput, addPromises, addScheduler, addSeed, addWithin, collect } from '../shared-options.ts';
import type { TuneCommandOptions } from '../tune-files.ts';

export function configure(command: Command): void {
  addPromises(addWithin(command.argument('<file>', 'a scenario file (YAML or JSON); - is standard input')))
    .option('--set <path=values>', 'values to try for a path of the scenario, as sched sweep takes them; may be repeated: every combination', collect, [])
    .option('--zip', 'the n-th values of all paths together, rather than every combination')
    .option('--least <figure>', 'the figure that is to be least, such as batch.latency.mean')
    .option('--most <figure>', 'the figure that is to be most, such as all.goodput');
  addMaxReplications(command, 80);
  addSeed(addScheduler(command));
  addLimit(addJobs(command));
  addOutput(command, TUNINGS).action(async (file: string, options: TuneCommandOptions) => {
    const { tuneFile } = await import('../tune-files.ts');
    await tuneFile(file, options);
  });
}
