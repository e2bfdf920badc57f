/** sched check: the CI gate. Scenarios against what they promise and against their baselines. */
import { wrapped } from '../help.ts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseShard, type Shard } from '../../gate/shards.ts';
import type { CheckCommandOptions } from '../check-run.ts';
import { CHECK_REPORT } from '../../render/formats.ts';
import { addJobs, addLimit, addMaxReplications, addOutput, addPlugin, addReplications, addSet, addWithin, collect } from '../shared-options.ts';

const EXIT_CODES = `
Exit codes: 0 every promise holds; 1 an expectation or a baseline failed, or replications did not decide; 2 the input is wrong, or an expectation
cannot be decided, or there is nothing to judge; 70 a bug in sched. Of several scenarios the worst wins.`;

export function configure(command: Command): void {
  command
    .argument('<path...>', 'scenario files, directories of them, or patterns such as "scenarios/**/*.yaml"; - is standard input')
    .option('--expect <expectation>', 'what must hold as well, such as "high.latency.p95 < 2s"; may be repeated', collect, [])
    .option('--update', 'accept the present outcome: write NAME.baseline.json for each scenario')
    .option('--baseline-dir <dir>', 'where baselines are kept; default: beside their scenario')
    .option('--tolerance <pattern=amount>', 'let figures be off by that much, such as latency.p99=5%; may be repeated', collect, [])
    .option('--require-baseline', 'a scenario without a baseline is an error')
    .option('--allow-empty', 'let a scenario pass that has neither an expectation nor a baseline')
    .addOption(new Option('--shard <i/n>', 'only the i-th of n parts of the scenarios, by a hash of their paths').argParser(shardOf))
    .option('--bail', 'stop after the first scenario that is not well');
  addSet(command);
  addMaxReplications(addReplications(command), 100);
  addWithin(addPlugin(command));
  addJobs(command);
  addLimit(command);
  addOutput(command, CHECK_REPORT).addHelpText('after', wrapped(EXIT_CODES)).action(async (paths: string[], options: CheckCommandOptions) => {
    const { checkFiles } = await import('../check-run.ts');
    await checkFiles(paths, options);
  });
}

function shardOf(text: string): Shard {
  const shard = parseShard(text);
  if (!shard) throw new InvalidArgumentError('It must be i/n with i from 1 to n, such as 1/3.');
  return shard;
}
