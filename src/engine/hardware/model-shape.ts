/**
 * A dense decoder-only transformer as far as its step time and memory depend on it: layers of attention with
 * grouped keys and values and a gated feed-forward network (three matrices), and a head over the vocabulary.
 */

export interface ModelShape {
  readonly name: string;
  readonly layers: number;
  /** Width of the residual stream (`hidden_size`). */
  readonly width: number;
  /** Attention heads; absent where the weights are counted in another way. */
  readonly heads?: number | undefined;
  /** Heads that keys and values have (`num_key_value_heads`). */
  readonly kvHeads: number;
  /** Numbers per head (`head_dim`). */
  readonly headSize: number;
  readonly vocabulary: number;
  /** Weights of all layers, which every token is multiplied with. */
  readonly body: number;
  /** Whether the head is the table of embeddings itself, so that it is kept once. */
  readonly tied: boolean;
}

/** What the layers are made of. */
export interface LayerSizes {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  /** Width of the feed-forward network (`intermediate_size`). */
  readonly feedForward: number;
}

/** L (2 d H h + 2 d K h + 3 d f): queries and output, keys and values, the gated feed-forward network. Norms and biases, below 0.01 %, are left out. */
export function bodyWeights({ layers, width, heads, kvHeads, headSize, feedForward }: LayerSizes): number {
  return layers * (2 * width * heads * headSize + 2 * width * kvHeads * headSize + 3 * width * feedForward);
}

/** d V: the matrix that turns the last layer's output into a score per token of the vocabulary. */
export function headWeights({ width, vocabulary }: Pick<ModelShape, 'width' | 'vocabulary'>): number {
  return width * vocabulary;
}

/** All weights: of the embeddings only single rows are read in a step, but all take memory. */
export function parameters(model: ModelShape): number {
  return model.body + (model.tied ? 1 : 2) * headWeights(model);
}

/** Bytes per number in the KV cache: 16 bits, whatever the weights are stored in. */
const KV_BYTES = 2;

/** Bytes that one token of context takes in the KV cache of one of `count` cards: 2 L K h k / T, at least one head of keys and values on each. */
export function kvBytesPerToken({ layers, kvHeads, headSize }: ModelShape, count: number): number {
  return 2 * layers * Math.max(1, kvHeads / count) * headSize * KV_BYTES;
}
