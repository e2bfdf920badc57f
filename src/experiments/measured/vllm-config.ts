/**
 * What vLLM's configuration says of its scheduler, in the words of the `engine:` block: resolved settings
 * first, then what the server was started with, then what that version does when it is not told.
 */
import { at, flagOf, isObject, textOf, wholeOf } from './json.ts';
import { unusableRun, type ServerSettings } from './measured-run.ts';

/** Async scheduling became the default with v0.14.0 (release notes, "Breaking Changes"; PR 27614). */
const ASYNC_SINCE = [0, 14] as const;
/** Admission by full length, `scheduler_reserve_full_isl`, came with PR 37307; before, the first chunk had to fit. */
const FULL_LENGTH_SINCE = [0, 19] as const;

/**
 * @param meta `meta.json` of a run: `resolved_config`, `engine_kwargs`, `kv_cache`, `vllm_version`; null when there is none
 */
export function settingsOfVllm(meta: unknown): ServerSettings {
  const scheduler = at(meta, 'resolved_config', 'scheduler_config');
  const kwargs = at(meta, 'engine_kwargs');
  const cache = at(meta, 'kv_cache');
  const setting = (key: string): unknown[] => [at(scheduler, key), at(kwargs, key)];
  const version = versionOf(textOf(at(meta, 'vllm_version')));
  const blocks = wholeOf(2, at(cache, 'num_gpu_blocks'), at(meta, 'resolved_config', 'cache_config', 'num_gpu_blocks'), at(kwargs, 'num_gpu_blocks_override'));
  const fullLength = flagOf(...setting('scheduler_reserve_full_isl')) ?? since(version, FULL_LENGTH_SINCE);
  return {
    maxBatchSize: wholeOf(1, ...setting('max_num_seqs')),
    maxBatchTokens: wholeOf(1, ...setting('max_num_batched_tokens')),
    chunkedPrefill: flagOf(...setting('enable_chunked_prefill')),
    longPrefillThreshold: wholeOf(0, ...setting('long_prefill_token_threshold')),
    maxModelLength: wholeOf(2, at(meta, 'resolved_config', 'model_config', 'max_model_len'), at(kwargs, 'max_model_len')),
    asyncScheduling: flagOf(...setting('async_scheduling')) ?? since(version, ASYNC_SINCE),
    blockSize: wholeOf(1, at(cache, 'block_size'), at(kwargs, 'block_size')),
    // One block is never handed out: vLLM's null block.
    kvBlocks: blocks === undefined ? undefined : blocks - 1,
    admission: fullLength === undefined ? undefined : fullLength ? 'full-length' : 'chunk',
    prefixCaching: flagOf(at(cache, 'enable_prefix_caching'), at(meta, 'resolved_config', 'cache_config', 'enable_prefix_caching'), at(kwargs, 'enable_prefix_caching')),
  };
}

/**
 * Refuses what one engine of this project cannot replay.
 *
 * @throws FaultError
 */
export function requireOneEngine(meta: unknown): void {
  const parallel = (key: string) => wholeOf(1, at(meta, 'resolved_config', 'parallel_config', key), at(meta, 'engine_kwargs', key)) ?? 1;
  const replicas = parallel('data_parallel_size');
  if (replicas > 1) throw unusableRun(`was served by ${replicas} replicas, and which request went to which is not recorded`, 'measure a single replica (data_parallel_size 1)');
  if (parallel('pipeline_parallel_size') > 1) throw unusableRun('was served with pipeline parallelism: several batches were in flight, the engine here has one');
  const present = (...path: string[]) => isObject(at(meta, 'resolved_config', ...path)) || textOf(at(meta, 'resolved_config', ...path)) !== null;
  if (present('speculative_config')) throw unusableRun('was served with speculative decoding: a step gave a request more than one token');
  if (present('kv_transfer_config')) throw unusableRun('was served with KV transfer: prefill and decode ran on different engines');
  const policy = textOf(at(meta, 'resolved_config', 'scheduler_config', 'policy'));
  if (policy !== null && policy !== 'fcfs') throw unusableRun(`was scheduled by policy ${policy}, and the priorities of its requests are not recorded`);
}

function versionOf(text: string | null): [number, number] | null {
  const match = /^v?(\d+)\.(\d+)/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : null;
}

function since(version: readonly [number, number] | null, [major, minor]: readonly [number, number]): boolean | undefined {
  if (version === null) return undefined;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
