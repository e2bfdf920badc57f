/**
 * AIPerf's `profile_export.jsonl`: a line for each request with its metadata and metrics.
 *
 * Source: github.com/ai-dynamo/aiperf, docs/tutorials/working-with-profile-exports.md. Times are nanoseconds of the
 * client's clock. A conversation is a session. Requests of a warm-up are not those of the profile.
 */
import { saysSomething } from '../fields.ts';
import type { TraceFormat } from '../trace.ts';

export const aiperf: TraceFormat = {
  name: 'aiperf',
  summary: 'profile_export.jsonl of AIPerf: JSON lines with metadata and metrics of a request',
  fields: {
    id: 'metadata.x_request_id', arrival: 'metadata.request_start_ns',
    promptTokens: 'metrics.input_sequence_length.value', outputTokens: ['metrics.output_sequence_length.value', 'metrics.output_token_count.value'],
    session: 'metadata.conversation_id', turn: 'metadata.turn_index', type: 'metadata.benchmark_phase',
  },
  unit: 'ns',
  marks: [['metadata.request_start_ns', 'metrics']],
  unused: ['metadata.was_cancelled'],
  leftOut: {
    reads: ['metadata.benchmark_phase', 'error', 'metrics.output_sequence_length'],
    make: () => (phase, error, output) =>
      phase === 'warmup' ? 'sent to warm up' : saysSomething(error) && output === undefined ? 'failed' : undefined,
  },
};
