/** The processed traces of Vidur: CSV with seconds since the start. Source: github.com/microsoft/vidur, data/processed_traces. */
import type { TraceFormat } from '../trace.ts';

export const vidur: TraceFormat = {
  name: 'vidur',
  summary: 'Vidur traces: CSV with the columns arrived_at (s), num_prefill_tokens, num_decode_tokens',
  fields: { arrival: 'arrived_at', promptTokens: 'num_prefill_tokens', outputTokens: 'num_decode_tokens' },
  unit: 's',
  marks: [['num_prefill_tokens', 'num_decode_tokens']],
};
