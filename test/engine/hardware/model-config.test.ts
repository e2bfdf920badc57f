/** A model's own config.json: what is read of it, and what is refused with its reason. */
import { describe, expect, it } from 'vitest';
import { readModelConfig } from '../../../src/engine/hardware/model-config.ts';
import { MODELS } from '../../../src/engine/hardware/models.ts';

const LLAMA = {
  architectures: ['LlamaForCausalLM'], hidden_act: 'silu', hidden_size: 4096, intermediate_size: 14336, max_position_embeddings: 131072, model_type: 'llama',
  num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, tie_word_embeddings: false, torch_dtype: 'bfloat16', vocab_size: 128256,
};

const read = (changes: Readonly<Record<string, unknown>> = {}) => readModelConfig(JSON.stringify({ ...LLAMA, ...changes }), 'config.json');

describe('config.json', () => {
  it('of Llama-3.1-8B is the model of that name', () => {
    const { name: _name, summary: _summary, source: _source, ...known } = MODELS.find(({ name }) => name === 'llama-3.1-8b')!;
    expect(read()).toEqual({ name: 'config.json', ...known });
  });

  it('may leave out heads of keys and values, head_dim and tie_word_embeddings', () => {
    expect(read({ num_key_value_heads: undefined })).toMatchObject({ kvHeads: 32, headSize: 128, tied: false });
    expect(read({ head_dim: 64, tie_word_embeddings: true })).toMatchObject({ headSize: 64, tied: true });
  });

  // Qwen2.5 has a window in its file that it does not use.
  it('may name a window that is switched off', () => {
    expect(read({ sliding_window: 131072, use_sliding_window: false })).toMatchObject({ layers: 32 });
    expect(read({ sliding_window: null })).toMatchObject({ layers: 32 });
    expect(read({ layer_types: ['full_attention', 'full_attention'] })).toMatchObject({ layers: 32 });
  });

  it.each([
    ['num_local_experts', { num_local_experts: 8 }, /mixture of experts/],
    ['n_routed_experts', { n_routed_experts: 256 }, /mixture of experts/],
    ['kv_lora_rank', { kv_lora_rank: 512 }, /latent attention/],
    ['sliding_window', { sliding_window: 4096 }, /sliding window/],
    ['layer_types', { layer_types: ['full_attention', 'sliding_attention'] }, /several kinds/],
    ['attention_chunk_size', { attention_chunk_size: 8192 }, /chunks/],
    ['quantization_config', { quantization_config: { quant_method: 'awq' } }, /quantized/],
    ['text_config', { text_config: {} }, /more than text/],
    ['hidden_act', { hidden_act: 'gelu_new' }, /gated/],
  ])('with %s is refused, and calibration named instead', (_key, changes, why) => {
    expect(read(changes)).toMatchObject({ why: expect.stringMatching(why), help: expect.stringContaining('calibrate instead') });
  });

  it.each([
    ['', /not valid JSON/], ['{', /not valid JSON/], ['[]', /not the config.json/], ['null', /not the config.json/], ['{}', /hidden_size, num_hidden_layers, num_attention_heads/],
    [JSON.stringify({ ...LLAMA, hidden_size: -1 }), /hidden_size/], [JSON.stringify({ ...LLAMA, num_attention_heads: 33 }), /head_dim/],
    [JSON.stringify({ ...LLAMA, vocab_size: '128256' }), /vocab_size/], [JSON.stringify({ ...LLAMA, num_hidden_layers: 1e300 }), /num_hidden_layers/],
  ])('that is none (%#) is refused in a sentence', (text, why) => {
    expect(readModelConfig(text, 'x.json')).toMatchObject({ why: expect.stringMatching(why) });
  });
});
