/** Orca: iteration-level scheduling, the ancestor of continuous batching in LLM servers. */
import type { Preset } from './preset.ts';

export const orca: Preset = {
  name: 'orca',
  summary: 'Orca: whole prompts, no token budget, memory for prompt and output reserved at admission',
  source: 'Yu et al., Orca, OSDI 2022, algorithm 1 (max_tokens reserved per request); its paper has no default batch size, 32 is a choice made here; not modelled: pipeline parallelism',
  engine: {
    maxBatchSize: 32,
    chunkedPrefill: true,
    kvCache: { blockSize: 1, admission: 'completion', watermark: 0 },
  },
};
