/** The models that are known by name: one line each, from the `config.json` on Hugging Face. Any other: its own config.json. */
import { bodyWeights, type LayerSizes, type ModelShape } from './model-shape.ts';

export interface KnownModel extends ModelShape {
  readonly summary: string;
  readonly source: string;
}

const model = (name: string, repository: string, sizes: LayerSizes, vocabulary: number): KnownModel => {
  const { feedForward: _feedForward, ...shape } = sizes;
  const body = bodyWeights(sizes);
  const billions = ((body + 2 * sizes.width * vocabulary) / 1e9).toFixed(2);
  return {
    name, ...shape, vocabulary, body, tied: false,
    summary: `${repository}: ${billions} billion weights, ${sizes.layers} layers, ${sizes.kvHeads} of ${sizes.heads} heads with keys and values`,
    source: `https://huggingface.co/${repository}/blob/main/config.json`,
  };
};

export const MODELS: readonly KnownModel[] = [
  model('llama-3.1-8b', 'meta-llama/Llama-3.1-8B', { layers: 32, width: 4096, heads: 32, kvHeads: 8, headSize: 128, feedForward: 14_336 }, 128_256),
  model('llama-3.1-70b', 'meta-llama/Llama-3.1-70B', { layers: 80, width: 8192, heads: 64, kvHeads: 8, headSize: 128, feedForward: 28_672 }, 128_256),
  model('qwen2.5-7b', 'Qwen/Qwen2.5-7B', { layers: 28, width: 3584, heads: 28, kvHeads: 4, headSize: 128, feedForward: 18_944 }, 152_064),
  model('qwen3-8b', 'Qwen/Qwen3-8B', { layers: 36, width: 4096, heads: 32, kvHeads: 8, headSize: 128, feedForward: 12_288 }, 151_936),
  model('qwen3-32b', 'Qwen/Qwen3-32B', { layers: 64, width: 5120, heads: 64, kvHeads: 8, headSize: 128, feedForward: 25_600 }, 151_936),
  model('mistral-7b-v0.3', 'mistralai/Mistral-7B-v0.3', { layers: 32, width: 4096, heads: 32, kvHeads: 8, headSize: 128, feedForward: 14_336 }, 32_768),
  model('mistral-nemo-12b', 'mistralai/Mistral-Nemo-Base-2407', { layers: 40, width: 5120, heads: 32, kvHeads: 8, headSize: 128, feedForward: 14_336 }, 131_072),
];
