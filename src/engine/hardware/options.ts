/** What a scenario may say of cards and model instead of coefficients: names, units, ranges and defaults. */
import * as v from 'valibot';
import { choice, isMapping } from '../../core/choice.ts';
import { coefficient, positive, share, whole } from '../../core/options.ts';
import { bytes, bytesPerSecond, flops } from '../../core/quantities.ts';
import type { Efficiency } from './estimate.ts';

const MOST = 1e7;

const linkSchema = v.strictObject({
  bandwidth: bytesPerSecond('what an all-reduce moves in one direction, as achieved: 360GB/s'),
  latency: coefficient('of one all-reduce'),
});

const cardSchema = v.strictObject({
  card: v.optional(v.pipe(v.string(), v.description('a card by name, see sched list hardware; what is given beside it wins'))),
  memory: v.optional(bytes('memory of one card, as a program sees it')),
  bandwidth: v.optional(bytesPerSecond('memory bandwidth of one card, by its datasheet')),
  flops: v.optional(flops('dense matrix operations per second of one card in the dtype of the weights, by its datasheet')),
  count: v.optional(whole('cards that share the model (vLLM: tensor_parallel_size)', 1, 64), 1),
  link: v.optional(v.pipe(linkSchema, v.description('between the cards; default: a guess by card'))),
});

const cardName = v.pipe(v.string(), v.nonEmpty(), v.transform((card) => ({ card, count: 1 })));

/** `hardware:`, a card by name, with a count and a link, or numbers by hand. */
export const hardwareSchema = choice([cardName, cardSchema], (input) => (isMapping(input) ? cardSchema : cardName));

const shapeSchema = v.strictObject({
  layers: whole('layers (num_hidden_layers)', 1, MOST),
  hiddenSize: whole('width of the residual stream (hidden_size)', 1, MOST),
  attentionHeads: v.optional(whole('heads of a layer (num_attention_heads)', 1, MOST)),
  keyValueHeads: v.optional(whole('heads with keys and values (num_key_value_heads); default: attentionHeads', 1, MOST)),
  headSize: v.optional(whole('numbers per head (head_dim); default: hiddenSize / attentionHeads', 1, MOST)),
  intermediateSize: v.optional(whole('width of the gated feed-forward network (intermediate_size)', 1, MOST)),
  vocabularySize: whole('tokens of the vocabulary (vocab_size)', 1, MOST),
  parameters: v.optional(positive('all weights, embeddings included, instead of intermediateSize: 8.03e9', 1e14)),
  tiedEmbeddings: v.optional(v.pipe(v.boolean(), v.description('whether the head is the table of embeddings (tie_word_embeddings)')), false),
});

const modelName = v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000));

/** `model:`, a model by name, its config.json, or numbers by hand. */
export const modelSchema = choice([modelName, shapeSchema], (input) => (isMapping(input) ? shapeSchema : modelName));

export const dtypeSchema = v.picklist(['bf16', 'fp8']);

const bound = v.pipe(v.literal(1), v.transform(() => ({ bandwidth: 1, compute: 1, perLayer: 0 })));

/** Fixed on eight measured runs of four card and model pairs: docs/hardware.md. */
const factors = v.strictObject({
  bandwidth: v.optional(positive('share of the memory bandwidth that is reached', 4), 0.9),
  compute: v.optional(positive('share of the operations per second that is reached', 4), 0.65),
  perLayer: v.optional(coefficient('overhead per layer and step'), '50us'),
  fittedTo: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('the measured run that sched calibrate fitted it to; outputs say so'))),
});

/** `efficiency:`, what of the datasheet a server gets; 1 is all of it, a bound that no server beats. */
export const efficiencySchema = choice([bound, factors], (input) => {
  if (typeof input === 'number') return input === 1 ? bound : 'must be 1 or a map; 1 is all that the datasheet says, a bound, and { bandwidth: 0.9, compute: 0.65, perLayer: 50us } the default';
  return factors;
});

/** `estimated:`, what is left of hardware and model when their figures are filled in. */
export const estimatedSchema = v.strictObject({
  hardware: v.pipe(v.string(), v.maxLength(1200), v.description('the cards')),
  model: v.pipe(v.string(), v.maxLength(1200), v.description('the model')),
  cards: v.optional(whole('how many cards', 1, 64), 1),
  figures: v.pipe(v.array(v.picklist(['stepTime', 'blocks'])), v.minLength(1), v.description('what of this engine is estimated')),
  efficiency: v.pipe(efficiencySchema, v.description('what of the datasheet was taken for reached')),
});

/** Entries of `engine:` that make an estimate. They are gone once it is made, so none has a default here: `withHardware`. */
export const hardwareEntries = {
  hardware: v.optional(v.pipe(hardwareSchema, v.description('cards: with model, estimates stepTime and kvCache.blocks where they are not given'))),
  model: v.optional(v.pipe(modelSchema, v.description('a model by name (sched list models), its config.json, or numbers by hand'))),
  dtype: v.optional(v.pipe(dtypeSchema, v.description('of the weights, default bf16; keys, values and activations stay in 16 bits'))),
  efficiency: v.optional(v.pipe(efficiencySchema, v.description('what of the datasheet a server gets; 1: all of it, a bound'))),
  memoryUtilization: v.optional(share('share of the memory that the server may take, default 0.9 (vLLM: gpu_memory_utilization)')),
};

/** The default of `efficiency:`. */
export const DEFAULT_EFFICIENCY: FittedEfficiency = v.parse(factors, {});

export type HardwareOptions = v.InferOutput<typeof cardSchema>;
export type ShapeOptions = v.InferOutput<typeof shapeSchema>;

/** What of an engine is estimated, and from what. */
export interface Estimated {
  readonly hardware: string;
  readonly model: string;
  readonly cards: number;
  readonly figures: readonly ('stepTime' | 'blocks')[];
  readonly efficiency: FittedEfficiency;
}

export interface FittedEfficiency extends Efficiency {
  readonly fittedTo?: string | undefined;
}
