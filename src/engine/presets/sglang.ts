/** SGLang with mixed chunked prefill, the nearest of its modes to this engine. */
import type { Preset } from './preset.ts';

export const sglang: Preset = {
  name: 'sglang',
  summary: 'SGLang with --enable-mixed-chunk on an 80 GB GPU: 2048 requests, pages of one token, chunks of 8192',
  source:
    'SGLang server arguments: page_size 1, chunked_prefill_size 8192; resolve_max_num_reqs: 2048, up to 4096 where the context is short; not modelled: radix cache, prefill-only batches, admission on an estimate of the output',
  engine: {
    maxBatchSize: 2048,
    maxBatchTokens: 8192,
    chunkedPrefill: true,
    kvCache: { blockSize: 1, admission: 'full-length', watermark: 0 },
  },
};
