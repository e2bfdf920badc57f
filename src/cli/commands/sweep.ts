/** sched sweep: a scenario over a grid of settings. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseShard, type Shard } from '../../gate/shards.ts';
import { REPLICATE_ROWS, SWEEPS } from '../../render/formats.ts';
import { addJobs, addLimit, addOutput, addScheduler, addSeed, addWithin, collect, MOST_REPLICATIONS, wholeTo } from '../shared-options.ts';
import type { SweepCommandOptions } from '../sweep-files.ts';

export function configure(command: Command): void {
  addWithin(command.argument('<file>', 'a scenario file (YAML or JSON); - is standard input'));
  command
    .option('--set <path=values>', 'values for a path of the scenario: 4,8,16 or 3..8/0.5 (from..to/step) or 8..128*2 (from..to*factor) or @values.txt; may be repeated: every combination', collect, [])
    .option('--zip', 'the n-th values of all paths together, rather than every combination')
    .option('--show <figure>', 'which figures, such as chat.sla.attainment; may be repeated', collect, [])
    .addOption(new Option('--replications <n>', 'run each cell so often, with other seeds, and say how sure every figure is').argParser((text: string) => wholeTo(text, MOST_REPLICATIONS)).default(1))
    .option('--replicates <file>', `write each figure of each replication: ${REPLICATE_ROWS.map(({ extensions: [usual] }) => usual).join(' or ')}; - is standard output`)
    .addOption(new Option('--shard <i/n>', 'only the i-th of n parts of the cells, for sched merge; auto: as Slurm, Kubernetes or the CI service says').argParser(shardOf))
    .option('--resume <file>', 'keep finished cells there, and do not run again those that are in it');
  addSeed(addScheduler(command));
  addLimit(addJobs(command));
  addOutput(command, SWEEPS).action(async (file: string, options: SweepCommandOptions) => {
    const { sweepFile } = await import('../sweep-files.ts');
    await sweepFile(file, options);
  });
}

function shardOf(text: string): Shard | 'auto' {
  const shard = text === 'auto' ? text : parseShard(text);
  if (!shard) throw new InvalidArgumentError('It must be auto, or i/n with i from 1 to n, such as 1/3.');
  return shard;
}
