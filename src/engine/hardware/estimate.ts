/**
 * From a card and a model to the coefficients of a `linear` step time and a number of KV blocks.
 *
 * A step reads all weights once and multiplies every token with them; the attention of a token reads the keys
 * and values of its context; with several cards every layer ends in two all-reduces. 2 operations per weight and
 * token, and the bytes of keys and values: Kaplan et al., Scaling Laws for Neural Language Models, 2020, section
 * 2.1; Pope et al., Efficiently Scaling Transformer Inference, 2022, sections 2 and 3. The operations of
 * attention itself, 3 % at 1,000 tokens of context, are left out. The three efficiencies are not in any
 * datasheet: see docs/hardware.md for what they are from, and what the whole is worth.
 */
import { type Card, type Dtype, WEIGHT_BYTES } from './card.ts';
import { headWeights, kvBytesPerToken, type ModelShape, parameters } from './model-shape.ts';

/** What of the datasheet a server gets. */
export interface Efficiency {
  /** Share of the memory bandwidth. */
  readonly bandwidth: number;
  /** Share of the operations per second. */
  readonly compute: number;
  /** Microseconds of overhead per layer and step: launches, norms, what cannot overlap. */
  readonly perLayer: number;
}

/** One server: equal cards that share the weights (tensor parallelism), and what they run. */
export interface Server {
  readonly card: Card;
  /** T, the cards. */
  readonly count: number;
  readonly model: ModelShape;
  readonly dtype: Dtype;
  readonly efficiency: Efficiency;
}

/** Microseconds, fractions kept. */
export interface EstimatedStep {
  readonly base: number;
  readonly perToken: number;
  readonly perSequence: number;
  readonly perContextToken: number;
}

const MICROS = 1e6;

/** Bytes of an activation that is sent from card to card: 16 bits, whatever the weights are stored in. */
const ACTIVATION_BYTES = 2;

/**
 * The coefficients of the step. B and F are bandwidth and operations per second of one card, e_m and e_f the
 * efficiencies, o the overhead per layer, w the bytes per weight, T the cards:
 *
 *     base            = w (body + head) / (T e_m B) + o L            (T > 1: + 2 L x latency of the link)
 *     perToken        = 2 body / (T e_f F)                           (T > 1: + 2 L d 2 bytes x 2 (T-1)/T / bandwidth of the link)
 *     perSequence     = 2 head / (T e_f F)
 *     perContextToken = 2 L K h k / (T e_m B)
 */
export function estimateStep({ card, count, model, dtype, efficiency }: Server): EstimatedStep {
  const bytesPerMicro = (efficiency.bandwidth * card.bandwidth) / MICROS;
  const operationsPerMicro = (count * efficiency.compute * card.flops[dtype]!) / MICROS;
  const head = headWeights(model);
  const parallel = count > 1;
  const allReduces = parallel ? 2 * model.layers : 0;
  const bytesSent = allReduces * model.width * ACTIVATION_BYTES * ((2 * (count - 1)) / count);
  return {
    base: (WEIGHT_BYTES[dtype] * (model.body + head)) / (count * bytesPerMicro) + efficiency.perLayer * model.layers + allReduces * card.link.latency,
    perToken: (2 * model.body) / operationsPerMicro + (bytesSent / card.link.bandwidth) * MICROS,
    perSequence: (2 * head) / operationsPerMicro,
    perContextToken: kvBytesPerToken(model, count) / bytesPerMicro,
  };
}

/** Bytes that activations, CUDA graphs and the context take on every card: vLLM logs between 0.8 and 1.6 GiB. */
export const OVERHEAD_BYTES = 1.25 * 2 ** 30;

/** Bytes of all weights. */
export function weightBytes(model: ModelShape, dtype: Dtype): number {
  return WEIGHT_BYTES[dtype] * parameters(model);
}

/**
 * KV blocks that the memory has room for, 0 or less where it has none:
 * floor((utilization x memory - w parameters / T - overhead) / (block size x 2 L K h k / T)).
 *
 * @param utilization share of the card's memory that the server may take (vLLM: gpu_memory_utilization)
 * @param blockSize tokens per block
 */
export function estimateBlocks({ card, count, model, dtype }: Omit<Server, 'efficiency'>, utilization: number, blockSize: number): number {
  const room = utilization * card.memory - weightBytes(model, dtype) / count - OVERHEAD_BYTES;
  return Math.floor(room / (blockSize * kvBytesPerToken(model, count)));
}
