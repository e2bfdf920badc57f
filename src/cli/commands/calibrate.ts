/** sched calibrate: the engine block with which a replay meets the times of a measured run. */
import { wrapped } from '../help.ts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CalibrateOptions } from '../calibrate-files.ts';
import { CALIBRATIONS } from '../../render/formats.ts';
import { addLimit, addOutput, addWithin } from '../shared-options.ts';

const SETTINGS = `
What the server was is taken from the flags, then from the run's own metadata, then from vLLM's defaults; the output
says which. KV blocks are fitted where memory decided who waited, unless --kv-blocks gives them.

With --hardware and --model two numbers are fitted instead of four: the share of the card's operations per second and
the overhead per layer. Such an engine holds at other settings too, and nearly for other models.`;

export function configure(command: Command): void {
  command
    .argument('<run...>', 'requests.jsonl with meta.json beside it, a folder of these, or JSON of vllm bench serve --save-detailed; .gz is read too')
    .addOption(new Option('--fit-on <share>', 'fit on the first part of the requests, such as 50%, and judge on all').argParser(shareOf).default(1, '100%'))
    .option('--hardware <card>', 'fit only how much of the datasheet of this card was reached (sched list hardware); needs --model')
    .option('--model <model>', 'the model by name (sched list models), or its config.json; needs --hardware')
    .addOption(whole('--cards <n>', 'cards that share the model (tensor_parallel_size)', 1))
    .addOption(new Option('--dtype <type>', 'what the weights are stored in; default: bf16').choices(['bf16', 'fp8']))
    .addOption(whole('--max-batch-size <n>', 'most requests in a step (max_num_seqs)', 1))
    .addOption(whole('--max-batch-tokens <n>', 'most tokens in a step (max_num_batched_tokens)', 1))
    .addOption(whole('--max-model-length <n>', 'most tokens of prompt and output together (max_model_len)', 2))
    .addOption(whole('--long-prefill-threshold <n>', 'most tokens of one request in a step; 0 = no limit', 0))
    .addOption(whole('--kv-blocks <n>', 'usable KV blocks (num_gpu_blocks minus one)', 1))
    .addOption(whole('--block-size <n>', 'tokens in a KV block', 1))
    .addOption(new Option('--admission <rule>', 'what must fit in the KV cache at admission').choices(['full-length', 'chunk']))
    .option('--chunked-prefill', 'prompts may be computed over several steps')
    .option('--no-chunked-prefill', 'they may not')
    .option('--async-scheduling', 'the next step is planned before the last is processed')
    .option('--no-async-scheduling', 'it is not')
    .addHelpText('after', wrapped(SETTINGS));
  addWithin(command);
  addLimit(command);
  addOutput(command, CALIBRATIONS).action(async (runs: string[], options: CalibrateOptions) => {
    const { calibrateFiles } = await import('../calibrate-files.ts');
    await calibrateFiles(runs, options);
  });
}

function whole(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser((text: string) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    return value;
  });
}

function shareOf(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  const share = percent === undefined ? Number.NaN : Number(percent) / 100;
  if (!(share > 0 && share <= 1)) throw new InvalidArgumentError('It must be a percentage up to 100%, such as 50%.');
  return share;
}
