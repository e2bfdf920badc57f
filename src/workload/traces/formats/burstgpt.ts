/**
 * BurstGPT: what ChatGPT and GPT-4 were asked on a campus, in whole seconds; since the third release with sessions.
 *
 * Source: github.com/HPMLL/BurstGPT (Wang et al., KDD 2025). A response of 0 tokens is a request that failed.
 */
import type { TraceFormat } from '../trace.ts';

export const burstgpt: TraceFormat = {
  name: 'burstgpt',
  summary: 'BurstGPT traces: CSV with the columns Timestamp (s), Model, Request tokens, Response tokens, Log Type; later also Session ID',
  fields: {
    arrival: 'Timestamp', promptTokens: 'Request tokens', outputTokens: 'Response tokens',
    session: 'Session ID', model: 'Model', type: 'Log Type',
  },
  unit: 's',
  marks: [['Timestamp', 'Model', 'Request tokens', 'Response tokens']],
  unused: ['Elapsed time'],
};
