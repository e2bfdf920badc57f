/** Traces of the Splitwise simulator: CSV with seconds. Source: github.com/Mutinifni/splitwise-sim, traces/test_trace.csv, generate_trace.py. */
import type { TraceFormat } from '../trace.ts';

export const splitwiseSim: TraceFormat = {
  name: 'splitwise-sim',
  summary: 'splitwise-sim traces: CSV with the columns arrival_timestamp (s), prompt_size, token_size, request_type, application_id',
  fields: { arrival: 'arrival_timestamp', promptTokens: 'prompt_size', outputTokens: 'token_size', type: 'request_type', model: 'application_id' },
  unit: 's',
  marks: [['arrival_timestamp', 'prompt_size', 'token_size']],
  unused: [],
};
