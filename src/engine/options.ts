/** What a scenario may say about the engine: names, units, ranges and defaults, in one place. */
import * as v from 'valibot';
import { positive, share, whole } from '../core/options.ts';
import { estimatedSchema, type Estimated, hardwareEntries } from './hardware/options.ts';
import { PRESETS } from './presets/index.ts';
import { STEP_TIMES } from './step-time/index.ts';
import { type Noise, noiseSchema } from './step-time/noise.ts';

const noise = v.optional(v.pipe(noiseSchema, v.description('what a real server adds to each step and to each run; absent: nothing')));

const [first, ...rest] = STEP_TIMES.map((model) =>
  v.strictObject({ model: v.pipe(v.literal(model.name), v.description(model.summary)), ...model.options, noise }));

/** `stepTime:`, one alternative per step-time model. */
export const stepTimeSchema = v.variant('model', [first!, ...rest]);

/** `kvCache:`, the paged KV cache; absent: KV memory is not limited. */
export const kvCacheSchema = v.strictObject({
  blockSize: v.optional(whole('tokens per block', 1, 65536), 16),
  blocks: whole('usable blocks (vLLM: num_gpu_blocks minus its one null block)', 1, 1e9),
  admission: v.optional(
    v.pipe(
      v.picklist(['full-length', 'chunk', 'completion']),
      v.description('what must fit at admission: the whole current length, the first chunk, or prompt + output (never evicts)'),
    ),
    'full-length',
  ),
  watermark: v.optional(share('share of blocks kept free when admitting while anything runs'), 0),
});

/** `engine:`. A preset's entries are put underneath before validation, and hardware becomes what it stands for: `resolveEngine`. */
export const engineEntries = {
  preset: v.optional(
    v.pipe(
      v.picklist(PRESETS.map(({ name }) => name)),
      v.description('defaults of a real server; anything given beside it overrides it'),
    ),
  ),
  maxBatchSize: v.optional(whole('most requests in a step (vLLM: max_num_seqs)', 1, 1e6), 8),
  maxBatchTokens: v.optional(whole('most tokens in a step (vLLM: max_num_batched_tokens); absent: no limit', 1, 1e9)),
  batching: v.optional(
    v.pipe(v.picklist(['continuous', 'static']), v.description('static admits only into an empty batch')),
    'continuous',
  ),
  chunkedPrefill: v.optional(v.pipe(v.boolean(), v.description('a prompt may be computed over several steps')), true),
  longPrefillThreshold: v.optional(whole('most tokens of one request in a step; 0 = no limit', 0, 1e9), 0),
  maxModelLength: v.optional(whole('most tokens of prompt and output together; absent: no limit', 2, 1e9)),
  overlong: v.optional(
    v.pipe(
      v.picklist(['shed', 'truncate']),
      v.description('a request longer than maxModelLength is shed, or its output ends there (as in vLLM)'),
    ),
    'shed',
  ),
  kvCache: v.optional(v.pipe(kvCacheSchema, v.description('the paged KV cache; absent: its memory is not limited'))),
  asyncScheduling: v.optional(
    v.pipe(v.boolean(), v.description('plan the next step before the output of the last is processed (vLLM: async_scheduling)')),
    false,
  ),
  stepTime: v.optional(v.pipe(stepTimeSchema, v.description('how long a step lasts')), { model: 'log-efficiency' } as never),
  price: v.optional(positive('of the server, all cards, in your currency per hour: with it there are cost metrics', 1e12)),
  ...hardwareEntries,
  estimated: v.optional(v.pipe(estimatedSchema, v.description('what is estimated and not measured, as sched show writes it; outputs say so'))),
};

export const engineSchema = v.strictObject(engineEntries);

export type StepTimeOptions = { readonly model: string; readonly noise?: Noise | undefined } & Readonly<Record<string, unknown>>;

export interface KvCacheOptions {
  readonly blockSize: number;
  readonly blocks: number;
  readonly admission: 'full-length' | 'chunk' | 'completion';
  readonly watermark: number;
}

export interface EngineOptions {
  readonly preset?: string | undefined;
  readonly maxBatchSize: number;
  readonly maxBatchTokens?: number | undefined;
  readonly batching: 'continuous' | 'static';
  readonly chunkedPrefill: boolean;
  readonly longPrefillThreshold: number;
  readonly maxModelLength?: number | undefined;
  readonly overlong: 'shed' | 'truncate';
  readonly kvCache?: KvCacheOptions | undefined;
  readonly asyncScheduling: boolean;
  readonly stepTime: StepTimeOptions;
  /** Currency per hour of the server. */
  readonly price?: number | undefined;
  readonly estimated?: Estimated | undefined;
}
