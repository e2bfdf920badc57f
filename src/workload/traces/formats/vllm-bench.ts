/**
 * The result of `vllm bench serve --save-result --save-detailed`: one JSON document with a list for each thing that was
 * measured.
 *
 * Source: github.com/vllm-project/vllm, vllm/benchmarks/serve.py (`start_times` in seconds of the client's clock, since
 * 2025).
 */
import { isMapping } from '../../../core/choice.ts';
import { FaultError } from '../../../core/fault.ts';
import { dataFault } from '../../fault.ts';
import type { TraceFormat } from '../trace.ts';

const LISTS = ['start_times', 'input_lens', 'output_lens', 'errors'] as const;

export const vllmBench: TraceFormat = {
  name: 'vllm-bench',
  summary: 'detailed result of vllm bench serve: JSON with the lists input_lens, output_lens, start_times',
  fields: { arrival: 'start_times', promptTokens: 'input_lens', outputTokens: 'output_lens' },
  unit: 's',
  marks: [['input_lens', 'output_lens'], ['num_prompts', 'total_input_tokens', 'request_throughput']],
  unused: ['errors'],
  *rows(document) {
    if (!isMapping(document)) return;
    const lists = LISTS.filter((name) => document[name] !== undefined).map((name) => [name, document[name]] as const);
    const prompts = document['input_lens'];
    if (!Array.isArray(prompts) || !Array.isArray(document['output_lens'])) {
      throw new FaultError([dataFault('holds averages only, no single requests', {}, 'measure again with --save-detailed')]);
    }
    for (const [name, list] of lists) {
      if (!Array.isArray(list) || list.length !== prompts.length) throw new FaultError([dataFault(`${name} is not a list of ${prompts.length}, as input_lens is`)]);
    }
    for (let row = 0; row < prompts.length; row++) {
      yield Object.fromEntries(lists.map(([name, list]) => [name, (list as readonly unknown[])[row]]));
    }
  },
};
