/**
 * The traces of Azure's LLM inference services (2023, 2024 and the multimodal one of 2025).
 *
 * Source: github.com/Azure/AzurePublicDataset (Patel et al., ISCA 2024; Stojkovic et al., HPCA 2025; Qiu et al.,
 * SoCC 2025). The trace replay of inference-perf reads the same columns.
 */
import type { TraceFormat } from '../trace.ts';

export const azure: TraceFormat = {
  name: 'azure',
  summary: 'Azure LLM inference traces: CSV with the columns TIMESTAMP, ContextTokens, GeneratedTokens',
  fields: { arrival: 'TIMESTAMP', promptTokens: 'ContextTokens', outputTokens: 'GeneratedTokens' },
  unit: 'time',
  marks: [['TIMESTAMP', 'ContextTokens', 'GeneratedTokens']],
  unused: ['NumImages'],
};
