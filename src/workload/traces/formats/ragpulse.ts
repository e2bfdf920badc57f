/**
 * RAGPulse: a question-and-answer service with retrieval; JSON lines with whole seconds as text and the ids of the prompt's
 * parts by kind.
 *
 * Source: github.com/flashserve/RAGPulse, README (Wang et al., 2025). A part is a text of its own length, which is in
 * another file; the ids are taken in the order in which the parts make up the prompt.
 */
import type { TraceFormat } from '../trace.ts';

export const ragpulse: TraceFormat = {
  name: 'ragpulse',
  summary: 'RAGPulse traces: JSON lines with timestamp (s), input_length, output_length, hash_ids by kind of text, session_id',
  fields: { arrival: 'timestamp', promptTokens: 'input_length', outputTokens: 'output_length', session: 'session_id', prefix: 'hash_ids' },
  unit: 's',
  marks: [['timestamp', 'input_length', 'output_length', 'hash_ids.user_input'], ['timestamp', 'input_length', 'output_length', 'hash_ids.sys_prompt']],
};
