/**
 * A model's own `config.json`, as Hugging Face has it beside the weights. Whatever the formulas do not describe
 * is refused with the reason: a wrong estimate would look like any other.
 */
import { isMapping } from '../../core/choice.ts';
import { bodyWeights, type ModelShape } from './model-shape.ts';

/** Why no estimate can be made of a model; a predicate of the model. */
export interface Unsuitable {
  readonly why: string;
  readonly help?: string;
}

type Config = Readonly<Record<string, unknown>>;

/** What estimates do not cover leads here. */
export const CALIBRATE_INSTEAD = 'measure a run of it and calibrate instead: sched calibrate RUN';

/** More than any model has, so that no sum of products loses digits. */
const MOST = 1e7;

/** @param name of the model, as messages and outputs say it */
export function readModelConfig(text: string, name: string): ModelShape | Unsuitable {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return { why: 'is not valid JSON', help: 'it must be the config.json that lies beside the weights' };
  }
  if (!isMapping(config)) return { why: 'is not the config.json of a model', help: 'it must be a JSON object with hidden_size, num_hidden_layers and more' };
  const unlike = unlikeFormulas(config);
  return unlike === undefined ? shapeOf(config, name) : { why: unlike, help: CALIBRATE_INSTEAD };
}

/** What the formulas assume and this model does not keep to. */
function unlikeFormulas(config: Config): string | undefined {
  if (isMapping(config['text_config'])) return 'is of a model with more than text (text_config): only plain text models can be estimated';
  const experts = Object.keys(config).find((key) => /expert/.test(key) && Number(config[key]) > 1);
  if (experts !== undefined) return `is a mixture of experts (${experts}): which weights a step reads depends on the tokens in it`;
  if (present(config['kv_lora_rank'])) return 'has multi-head latent attention (kv_lora_rank): its KV cache is not keys and values per head';
  if (present(config['sliding_window']) && config['use_sliding_window'] !== false) return 'has a sliding window (sliding_window): not all of the context is read';
  if (present(config['attention_chunk_size'])) return 'attends in chunks (attention_chunk_size): not all of the context is read';
  const other = Array.isArray(config['layer_types']) ? config['layer_types'].find((type) => type !== 'full_attention') : undefined;
  if (other !== undefined) return 'has layers of several kinds (layer_types): not all of them read the whole context';
  if (isMapping(config['quantization_config'])) return 'is quantized (quantization_config): its kernels keep to no datasheet figure; for weights in FP8 name the config.json of the model in 16 bits and say dtype: fp8';
  if (config['is_encoder_decoder'] === true) return 'has an encoder (is_encoder_decoder)';
  const activation = config['hidden_act'];
  if (typeof activation === 'string' && !/^(silu|swish|swiglu)$/.test(activation) && !String(config['model_type']).startsWith('gemma')) {
    return `has hidden_act ${JSON.stringify(activation.slice(0, 40))}: its feed-forward network may not be the gated one, of three matrices`;
  }
  return undefined;
}

function shapeOf(config: Config, name: string): ModelShape | Unsuitable {
  const width = config['hidden_size'];
  const heads = config['num_attention_heads'];
  const sizes: Readonly<Record<string, unknown>> = {
    hidden_size: width,
    num_hidden_layers: config['num_hidden_layers'],
    num_attention_heads: heads,
    num_key_value_heads: config['num_key_value_heads'] ?? heads,
    head_dim: config['head_dim'] ?? Number(width) / Number(heads),
    intermediate_size: config['intermediate_size'],
    vocab_size: config['vocab_size'],
  };
  const missing = Object.keys(sizes).filter((key) => !isCount(sizes[key]));
  if (missing.length > 0) {
    return { why: `has no usable ${missing.join(', ')}: each must be a whole number from 1`, help: 'it must be the config.json of a decoder-only model, as it lies beside the weights' };
  }
  const [w, layers, h, kvHeads, headSize, feedForward, vocabulary] = Object.values(sizes) as [number, number, number, number, number, number, number];
  const body = bodyWeights({ layers, width: w, heads: h, kvHeads, headSize, feedForward });
  return { name, layers, width: w, heads: h, kvHeads, headSize, vocabulary, body, tied: config['tie_word_embeddings'] === true };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST;
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0;
}
