/** Presets are valid engines, and what a scenario gives beside one wins. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { engineSchema } from '../../src/engine/options.ts';
import { PRESETS, withPreset } from '../../src/engine/presets/index.ts';

describe.each(PRESETS.map((preset) => [preset.name, preset] as const))('preset %s', (name, preset) => {
  it('is a valid engine, with and without a KV cache', () => {
    expect(v.parse(engineSchema, withPreset({ preset: name })).kvCache).toBeUndefined();
    expect(v.parse(engineSchema, withPreset({ preset: name, kvCache: { blocks: 100 } })).kvCache).toMatchObject({
      ...(preset.engine.kvCache as object),
      blocks: 100,
    });
  });

  it('gives way to what is written beside it', () => {
    const engine = v.parse(engineSchema, withPreset({ preset: name, maxBatchSize: 3, kvCache: { blocks: 9, blockSize: 7 } }));
    expect(engine.maxBatchSize).toBe(3);
    expect(engine.kvCache).toMatchObject({ blocks: 9, blockSize: 7, admission: (preset.engine.kvCache as { admission: string }).admission });
  });
});

describe('withPreset', () => {
  it('leaves to validation what is not an engine with a known preset', () => {
    for (const engine of [undefined, null, 3, 'vllm', [], { preset: 'vlm' }, { maxBatchSize: 4 }]) expect(withPreset(engine)).toBe(engine);
  });
});

describe('the values of the servers', () => {
  // EngineArgs.get_batch_defaults of vLLM; ServerArgs and resolve_max_num_reqs of SGLang; LlmArgs of TensorRT-LLM.
  it.each([
    ['vllm', 256, 2048], ['vllm-large', 1024, 8192], ['vllm-xlarge', 1024, 16384], ['sglang', 2048, 8192], ['tensorrt-llm', 2048, 8192],
  ])('%s: %d requests, %d tokens', (name, maxBatchSize, maxBatchTokens) => {
    expect(PRESETS.find((preset) => preset.name === name)!.engine).toMatchObject({ maxBatchSize, maxBatchTokens });
  });
});
