/**
 * Workloads of LLMServingSim, and the runs of vLLM that its bench records: JSON lines.
 *
 * Source: github.com/casys-kaist/LLMServingSim, workloads/README.md and bench/core/recorder.py. A workload has
 * nanoseconds since the start; a run the client's clock in seconds, and vLLM's own, on which a request is queued. A
 * session of chained requests has no times for all but its first: they follow from a server.
 */
import { FaultError } from '../../../core/fault.ts';
import { dataFault } from '../../fault.ts';
import type { TraceFormat } from '../trace.ts';

const TOKENS = { promptTokens: 'input_toks', outputTokens: 'output_toks' } as const;

export const llmservingsim: TraceFormat = {
  name: 'llmservingsim',
  summary: 'LLMServingSim workloads: JSON lines with input_toks, output_toks, arrival_time_ns',
  fields: { arrival: 'arrival_time_ns', ...TOKENS },
  unit: 'ns',
  marks: [['input_toks', 'output_toks', 'arrival_time_ns'], ['sub_requests']],
  unused: ['input_tok_ids', 'output_tok_ids'],
  leftOut: {
    reads: ['sub_requests'],
    make: () => (chain) => {
      if (chain === undefined) return undefined;
      throw new FaultError([dataFault(
        'has sessions of sub_requests, each of which arrives when the one before has finished: their times are not in the file', {},
        'list the requests one by one, each with its own arrival_time_ns',
      )]);
    },
  },
};

export const llmservingsimRun: TraceFormat = {
  name: 'llmservingsim-run',
  summary: 'requests.jsonl of an LLMServingSim bench of vLLM: input_toks, output_toks, queued_ts (s)',
  fields: { id: 'request_id', arrival: 'queued_ts', ...TOKENS },
  unit: 's',
  marks: [['input_toks', 'output_toks', 'queued_ts']],
  unused: [],
};
