/** Keys that people bring from other tools, and from elsewhere in the scenario: where the thing is said here. */
import type { GenericSchema } from 'valibot';
import { keysWithin } from './schema-shape.ts';

/** What vLLM, SGLang, k6 and load generators call it, and what it is called here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  max_num_seqs: 'engine.maxBatchSize (vLLM: max_num_seqs)',
  max_num_batched_tokens: 'engine.maxBatchTokens (vLLM: max_num_batched_tokens)',
  max_model_len: 'engine.maxModelLength (vLLM: max_model_len)',
  enable_chunked_prefill: 'engine.chunkedPrefill (vLLM: enable_chunked_prefill)',
  long_prefill_token_threshold: 'engine.longPrefillThreshold (vLLM: long_prefill_token_threshold)',
  num_gpu_blocks: 'engine.kvCache.blocks (vLLM: num_gpu_blocks, less one)',
  num_gpu_blocks_override: 'engine.kvCache.blocks (vLLM: num_gpu_blocks, less one)',
  gpu_memory_utilization: 'engine.kvCache.blocks, the number that vLLM logs at its start',
  block_size: 'engine.kvCache.blockSize (vLLM: block_size)',
  async_scheduling: 'engine.asyncScheduling (vLLM: async_scheduling)',
  scheduling_policy: 'schedulers: [fifo] is vLLM\'s fcfs, [priority] its priority',
  max_running_requests: 'engine.maxBatchSize (SGLang: max_running_requests)',
  chunked_prefill_size: 'engine.maxBatchTokens (SGLang: chunked_prefill_size)',
  max_total_tokens: 'engine.kvCache.blocks, with blockSize: 1 (SGLang: max_total_tokens)',
  page_size: 'engine.kvCache.blockSize (SGLang: page_size)',
  request_rate: 'arrivals: { process: poisson, rate: 5 } of a generate',
  qps: 'arrivals: { process: poisson, rate: 5 } of a generate',
  burstiness: 'arrivals: { process: gamma, rate: 5, cv: 2 } of a generate; burstiness is 1/cv²',
  num_prompts: 'count of a generate',
  num_requests: 'count of a generate',
  input_len: 'promptTokens of a generate, or of a request',
  random_input_len: 'promptTokens of a generate',
  output_len: 'outputTokens of a generate, or of a request',
  random_output_len: 'outputTokens of a generate',
  max_tokens: 'outputTokens of a generate, or of a request',
  std: 'cv, the standard deviation over the mean',
  stddev: 'cv, the standard deviation over the mean',
  slo: 'sla: { latency: 2s, ttft: 500ms } of a class',
  slos: 'sla: { latency: 2s, ttft: 500ms } of a class',
  e2el: 'latency of an sla',
  e2e: 'latency of an sla',
  thresholds: 'expect: a list such as - priority.chat.latency.p95 < 2s',
  policies: 'schedulers: a list such as [fifo, priority]',
  policy: 'schedulers: a list such as [fifo, priority]',
  path: 'file of a trace',
};

/** Spellings of one key look alike: max-num-seqs, maxNumSeqs, --max-num-seqs. */
function plain(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replaceAll('-', '_').replace(/^_+/, '');
}

/** What is said for such a key, or undefined. */
export function foreignKeyHelp(key: string, known: readonly string[]): string | undefined {
  const name = plain(key);
  if (!Object.hasOwn(ELSEWHERE, name)) return undefined;
  const here = ELSEWHERE[name]!;
  // A key of this very map is named without the way to it.
  const local = known.find((each) => here.split(/[ ,:]/)[0]!.split('.').at(-1) === each);
  return `write ${local === undefined ? here : here.replace(/^\S*\.(?=\w)/, '').replace(/ of an? \w+(,.*)?$/, '')}`;
}

/** Of the fields of this map, the one that has the key: `rate` belongs in `arrivals`. */
export function misplacedKeyHelp(key: string, entries: Readonly<Record<string, GenericSchema>>): string | undefined {
  const home = Object.keys(entries).find((field) => keysWithin(entries[field]!).has(key));
  return home === undefined ? undefined : `${key} belongs in ${home}: { …, ${key}: … }`;
}
