/**
 * The usage traces of Qwen on Aliyun Bailian: JSON lines with seconds, type and turn of a chat, and block ids of 16 tokens.
 *
 * Source: github.com/alibaba-edu/qwen-bailian-usagetraces-anon, README (Wang et al., USENIX ATC 2025). A turn names the
 * one before it as its parent, -1 where it is the first: the chat of a turn is that of its first.
 */
import type { TraceFormat } from '../trace.ts';

export const bailian: TraceFormat = {
  name: 'bailian',
  summary: 'Qwen-Bailian usage traces: JSON lines with chat_id, parent_chat_id, timestamp (s), input_length, output_length, type, turn, hash_ids',
  fields: {
    arrival: 'timestamp', promptTokens: 'input_length', outputTokens: 'output_length',
    session: 'chat_id', parent: 'parent_chat_id', turn: 'turn', type: 'type', prefix: 'hash_ids',
  },
  unit: 's',
  marks: [['chat_id', 'timestamp', 'input_length', 'output_length']],
  prefixTokens: 16,
};
