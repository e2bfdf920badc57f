/**
 * Mooncake's traces: JSON lines with milliseconds, lengths and the ids of the prompt's blocks of 512 tokens.
 *
 * Source: github.com/kvcache-ai/Mooncake, FAST25-release/traces (Qin et al., FAST 2025). Others write the same keys, some
 * with a `session_id`.
 */
import type { TraceFormat } from '../trace.ts';

export const mooncake: TraceFormat = {
  name: 'mooncake',
  summary: 'Mooncake traces: JSON lines with timestamp (ms), input_length, output_length, hash_ids',
  fields: { arrival: 'timestamp', promptTokens: 'input_length', outputTokens: 'output_length', session: 'session_id', prefix: 'hash_ids' },
  unit: 'ms',
  marks: [['timestamp', 'input_length', 'output_length']],
  lacks: ['chat_id', 'hash_ids.sys_prompt', 'hash_ids.user_input'],
  prefixTokens: 512,
};
