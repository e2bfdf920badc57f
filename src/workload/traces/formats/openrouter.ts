/**
 * The activity export of OpenRouter: CSV with a row for each generation.
 *
 * The columns are those that public programs read from it (generation_id, created_at in UTC, cost_total, tokens_prompt,
 * tokens_completion, model_permaslug, variant, cancelled, streamed, user, …).
 */
import type { TraceFormat } from '../trace.ts';

export const openrouter: TraceFormat = {
  name: 'openrouter',
  summary: 'OpenRouter activity export: CSV with the columns generation_id, created_at, tokens_prompt, tokens_completion, model_permaslug',
  fields: {
    arrival: 'created_at', promptTokens: 'tokens_prompt', outputTokens: 'tokens_completion',
    model: 'model_permaslug', type: 'variant', tenant: 'user',
  },
  unit: 'time',
  marks: [['created_at', 'tokens_prompt', 'tokens_completion']],
  unused: ['cost_total', 'cancelled', 'tokens_cached', 'tokens_reasoning'],
};
