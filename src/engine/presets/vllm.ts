/** vLLM's V1 scheduler as `vllm serve` starts it, by class of GPU. */
import type { Preset } from './preset.ts';

const common = {
  chunkedPrefill: true,
  asyncScheduling: true,
  kvCache: { blockSize: 16, admission: 'full-length', watermark: 0 },
};

const SOURCE =
  'vLLM of August 2026 (commit 017e9f44, whose step logs the tests hold; v0.16.0 and v0.23.0 decide alike), EngineArgs.get_batch_defaults (OPENAI_API_SERVER) and SchedulerConfig: async_scheduling, scheduler_reserve_full_isl; prefix caching is not modelled';

export const vllm: Preset = {
  name: 'vllm',
  summary: 'vLLM on GPUs under 70 GiB, and the A100: 256 requests, 2048 tokens a step',
  source: SOURCE,
  engine: { ...common, maxBatchSize: 256, maxBatchTokens: 2048 },
};

export const vllmLarge: Preset = {
  name: 'vllm-large',
  summary: 'vLLM on GPUs from 70 to 160 GiB (H100, H200; not the A100): 1024 requests, 8192 tokens a step',
  source: SOURCE,
  engine: { ...common, maxBatchSize: 1024, maxBatchTokens: 8192 },
};

/** Since vLLM 4988df2e (August 2026); before it, as `vllm-large`. */
export const vllmXlarge: Preset = {
  name: 'vllm-xlarge',
  summary: 'vLLM on GPUs from 160 GiB (MI300X, B200, B300): 1024 requests, 16384 tokens a step',
  source: SOURCE,
  engine: { ...common, maxBatchSize: 1024, maxBatchTokens: 16384 },
};
