/** TensorRT-LLM with its default capacity scheduler, which never evicts a request that has started. */
import type { Preset } from './preset.ts';

export const tensorrtLlm: Preset = {
  name: 'tensorrt-llm',
  summary: 'TensorRT-LLM, GUARANTEED_NO_EVICT: a request starts only when prompt and output fit',
  source:
    'TensorRT-LLM LLM API defaults: max_batch_size 2048, max_num_tokens 8192, tokens_per_block 32, GUARANTEED_NO_EVICT, chunked context off; not modelled: block reuse',
  engine: {
    maxBatchSize: 2048,
    maxBatchTokens: 8192,
    chunkedPrefill: false,
    kvCache: { blockSize: 32, admission: 'completion', watermark: 0 },
  },
};
