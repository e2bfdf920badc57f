/**
 * inference-perf's `per_request_lifecycle_metrics.json`: one JSON list, with seconds of the client's clock.
 *
 * Source: github.com/kubernetes-sigs/inference-perf, reportgen and apis/base.py. The reports beside it (`summary_…`,
 * `stage_…`) hold no single requests.
 */
import { isMapping } from '../../../core/choice.ts';
import { FaultError } from '../../../core/fault.ts';
import { dataFault } from '../../fault.ts';
import { saysSomething } from '../fields.ts';
import type { TraceFormat } from '../trace.ts';

export const inferencePerf: TraceFormat = {
  name: 'inference-perf',
  summary: 'per_request_lifecycle_metrics.json of inference-perf: a JSON list of requests with start_time and info',
  fields: {
    arrival: 'start_time',
    promptTokens: ['info.input_tokens', 'info.request_metrics.text.input_tokens'],
    outputTokens: ['info.output_tokens', 'info.response_metrics.output_tokens'],
    session: 'session_id', type: 'stage_id', model: 'info.lora_adapter',
  },
  unit: 's',
  marks: [['start_time', 'end_time', 'info'], ['load_summary', 'successes']],
  unused: [],
  leftOut: {
    reads: ['error', 'info.output_tokens', 'info.response_metrics.output_tokens'],
    make: () => (error, ...outputs) => (saysSomething(error) && !outputs.some(saysSomething) ? 'failed' : undefined),
  },
  *rows(document) {
    if (!Array.isArray(document)) {
      throw new FaultError([dataFault('holds averages only, no single requests', {}, 'per_request_lifecycle_metrics.json has them (report: request_lifecycle: per_request: true)')]);
    }
    for (const row of document) if (isMapping(row)) yield row;
  },
};
