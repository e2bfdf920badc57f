/** Hardware and model stand for a step time and KV blocks; what is written beside them wins. */
import { describe, expect, it } from 'vitest';
import { resolveEngine } from '../../../src/engine/resolve.ts';
import type { EngineOptions } from '../../../src/engine/options.ts';
import { engineOf } from '../../support.ts';

const CONFIG = JSON.stringify({ hidden_size: 4096, intermediate_size: 14336, num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, vocab_size: 128256 });

function resolved(engine: Record<string, unknown>, text?: string): EngineOptions {
  const { engine: entries, faults } = resolveEngine(engine, text === undefined ? undefined : { text });
  expect(faults).toEqual([]);
  return engineOf(entries as Record<string, unknown>);
}

const faultOf = (engine: Record<string, unknown>) => resolveEngine(engine).faults[0];

const H200 = { hardware: 'h200', model: 'llama-3.1-8b' };

describe('hardware and model', () => {
  it('become a linear step time, KV blocks and a note, and are gone themselves', () => {
    const engine = resolved(H200);
    expect(engine.stepTime).toMatchObject({ model: 'linear', perPrefillToken: 0, perDecodeToken: 0 });
    expect(engine.stepTime['base']).toBeCloseTo(5074.3789, 4);
    expect(engine.kvCache).toMatchObject({ blockSize: 16, admission: 'full-length' });
    expect(engine.estimated).toEqual({
      hardware: 'h200', model: 'llama-3.1-8b', cards: 1, figures: ['stepTime', 'blocks'], efficiency: { bandwidth: 0.9, compute: 0.65, perLayer: 50 },
    });
    expect(Object.keys(engine)).not.toContain('hardware');
  });

  it('are the same however a name is written', () => {
    expect(resolved({ hardware: 'H200', model: 'meta-llama/Llama-3.1-8B-Instruct' })).toEqual(resolved(H200));
    expect(resolved({ hardware: 'RTX 4090', model: 'Qwen/Qwen3-8B' })).toEqual(resolved({ hardware: { card: 'rtx-4090' }, model: 'qwen3-8b' }));
  });

  it('are the same by name, from config.json and by hand', () => {
    const { estimated: _note, ...named } = resolved({ ...H200, hardware: { card: 'h200', memory: '150GB' } });
    const hand = { layers: 32, hiddenSize: 4096, attentionHeads: 32, keyValueHeads: 8, intermediateSize: 14336, vocabularySize: 128256 };
    const { intermediateSize: _size, attentionHeads: _heads, ...counted } = { ...hand, parameters: 8_029_995_008, headSize: 128 };
    const hardware = { memory: '150GB', bandwidth: '4.8TB/s', flops: '989.4TFLOPS' };
    for (const [model, text] of [['./config.json', CONFIG], [hand], [counted]] as const) {
      const { estimated, ...engine } = resolved({ hardware, model }, text);
      expect(engine).toEqual(named);
      expect(estimated!.hardware).toBe('a card of 989.4 TFLOPS, 4.8 TB/s and 150 GB');
    }
  });

  it('give way to what is written beside them', () => {
    const stepTime = { model: 'constant', tokenTime: '20ms' };
    expect(resolved({ ...H200, stepTime })).toMatchObject({ stepTime: { model: 'constant' }, estimated: { figures: ['blocks'] } });
    expect(resolved({ ...H200, kvCache: { blocks: 77 } })).toMatchObject({ kvCache: { blocks: 77 }, estimated: { figures: ['stepTime'] } });
    expect(resolved({ ...H200, stepTime, kvCache: { blocks: 77 } }).estimated).toBeUndefined();
  });

  it('go with a preset: its rules for the cache hold, and its block size counts', () => {
    const engine = resolved({ ...H200, preset: 'sglang' });
    expect(engine).toMatchObject({ maxBatchTokens: 8192, kvCache: { blockSize: 1 } });
    expect(engine.kvCache!.blocks / resolved(H200).kvCache!.blocks).toBeCloseTo(16, 2);
  });

  it('at efficiency 1 are the bound of the datasheet', () => {
    // 15,009,316,864 bytes over 4.8 TB/s.
    expect(resolved({ ...H200, efficiency: 1 }).stepTime['base']).toBeCloseTo(3126.941, 3);
    expect(resolved({ ...H200, efficiency: { bandwidth: 1, compute: 1, perLayer: '0us' } })).toEqual(resolved({ ...H200, efficiency: 1 }));
  });

  it('leave engines alone that do not name them', () => {
    for (const engine of [undefined, null, 3, [], { maxBatchSize: 4 }]) expect(resolveEngine(engine)).toEqual({ engine, faults: [] });
  });
});

describe('what cannot be estimated', () => {
  it.each([
    [{ hardware: 'h200' }, { entry: 'hardware', message: 'needs model beside it' }],
    [{ model: 'llama-3.1-8b' }, { entry: 'model', message: 'needs hardware beside it' }],
    [{ ...H200, hardware: 'h300' }, { entry: 'hardware', choices: expect.arrayContaining(['h200']) }],
    [{ ...H200, model: 'llama-9' }, { entry: 'model', choices: expect.arrayContaining(['qwen3-8b']) }],
    [{ ...H200, model: 'other/config.json' }, { entry: 'model', unread: 'other/config.json' }],
    [{ ...H200, hardware: { bandwidth: '1TB/s' } }, { message: 'needs memory and flops, or a card by name' }],
    [{ ...H200, hardware: { memory: '80GB', bandwidth: '1TB/s', flops: '100TFLOPS', count: 2 } }, { message: 'needs link where count is 2' }],
    [{ ...H200, hardware: { card: 'h200', count: 3 } }, { message: expect.stringContaining('does not divide the 32 attention heads') }],
    [{ ...H200, hardware: 'a100-80gb', dtype: 'fp8' }, { entry: 'dtype', message: expect.stringContaining('does not compute') }],
  ])('%j', (engine, fault) => {
    expect(faultOf(engine)).toMatchObject(fault);
  });

  it('weights that leave no room for a block are told with what would fit', () => {
    expect(faultOf({ hardware: 'l4', model: 'llama-3.1-70b' })).toMatchObject({
      entry: 'model',
      message: expect.stringMatching(/^has 141.1 GB of weights in bf16, which leave no room for KV blocks: the card \(l4\) has 21.29 GB to use/),
      help: 'take 8 cards (count: 8), or a smaller model',
    });
    expect(faultOf({ hardware: 'l4', model: 'llama-3.1-8b', dtype: 'fp8' })).toBeUndefined();
  });
});
