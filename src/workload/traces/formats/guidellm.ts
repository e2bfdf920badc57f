/**
 * Reports of GuideLLM (`benchmarks.json`), of version 1 and 2 alike: one JSON document, with the requests of each
 * benchmark by what became of them.
 *
 * Source: github.com/vllm-project/guidellm, src/guidellm/schemas. What a request is called has moved: its start is in
 * `info.timings`, its tokens in `input_metrics` and `output_metrics`, and at the top of older reports.
 */
import { isMapping } from '../../../core/choice.ts';
import { FaultError } from '../../../core/fault.ts';
import { dataFault } from '../../fault.ts';
import type { TraceFormat } from '../trace.ts';

const KINDS = ['successful', 'incomplete', 'errored'] as const;

export const guidellm: TraceFormat = {
  name: 'guidellm',
  summary: 'GuideLLM report, version 1 or 2: JSON with benchmarks, each with its requests',
  fields: {
    id: 'request_id',
    arrival: ['info.timings.request_start', 'request_start_time', 'start_time', 'scheduler_info.started_at'],
    promptTokens: ['prompt_tokens', 'input_metrics.text_tokens', 'input_metrics.total_tokens'],
    outputTokens: ['output_tokens', 'output_metrics.text_tokens', 'output_metrics.total_tokens'],
    type: 'benchmark',
  },
  unit: 's',
  marks: [['benchmarks', 'metadata'], ['benchmarks', 'config'], ['benchmarks', 'args']],
  unused: ['incomplete', 'errored'],
  *rows(document) {
    const benchmarks = isMapping(document) ? document['benchmarks'] : undefined;
    let found = 0;
    for (const [index, benchmark] of (Array.isArray(benchmarks) ? benchmarks : []).entries()) {
      const requests = isMapping(benchmark) ? benchmark['requests'] : undefined;
      if (!isMapping(requests)) continue;
      for (const status of KINDS) {
        const list = requests[status];
        for (const request of Array.isArray(list) ? list : []) {
          if (!isMapping(request)) continue;
          found++;
          yield { ...request, status, benchmark: String(index + 1), ...(status === 'successful' ? {} : { [status]: true }) };
        }
      }
    }
    if (found === 0) {
      throw new FaultError([dataFault(
        'holds no single requests, only what was measured over all of them', {},
        'GuideLLM leaves them out of a report when it is told to keep none: let it keep all of them',
      )]);
    }
  },
};
