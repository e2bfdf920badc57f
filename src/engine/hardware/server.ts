/** From what a scenario says of cards and model to one server whose step and memory can be estimated, or why they cannot. */
import { amountText } from '../../core/quantities.ts';
import type { Card, Dtype } from './card.ts';
import { CARDS } from './cards.ts';
import type { Efficiency, Server } from './estimate.ts';
import { readModelConfig } from './model-config.ts';
import { bodyWeights, headWeights, type ModelShape } from './model-shape.ts';
import { MODELS } from './models.ts';
import type { HardwareOptions, ShapeOptions } from './options.ts';

/** What is wrong with one entry of `engine:`. */
export interface EntryFault {
  readonly entry: 'hardware' | 'model' | 'dtype';
  /** A predicate of the entry. */
  readonly message: string;
  readonly help?: string;
  /** The names that would be right, where one is not known. */
  readonly choices?: readonly string[];
  /** The name that is not. */
  readonly name?: string;
  /** A file that is to be read first. */
  readonly unread?: string;
}

type Found<Thing> = Thing | { readonly fault: EntryFault };

/** The text of a file beside the scenario, why there is none, or undefined: it has not been read. */
export type ModelFile = { readonly text: string } | { readonly fault: string } | undefined;

export interface ServerOptions {
  readonly hardware: HardwareOptions;
  readonly model: string | ShapeOptions;
  readonly dtype: Dtype;
  readonly efficiency: Efficiency;
}

export function serverOf({ hardware, model, dtype, efficiency }: ServerOptions, modelFile: ModelFile): Server | { readonly faults: readonly EntryFault[] } {
  const card = cardOf(hardware, dtype);
  const shape = typeof model === 'string' ? namedModel(model, modelFile) : shapeByHand(model);
  if ('fault' in card || 'fault' in shape) return { faults: [card, shape].flatMap((found) => ('fault' in found ? [found.fault] : [])) };
  const { count } = hardware;
  const unsplit = unsplittable(shape, count);
  return unsplit ? { faults: [unsplit] } : { card, count, model: shape, dtype, efficiency };
}

/** `2 x rtx-pro-6000`; a card by hand by its figures. */
export function hardwareText({ card, count }: Pick<Server, 'card' | 'count'>): string {
  return count === 1 ? card.name : `${count} x ${card.name}`;
}

/** Upper and lower case, spaces and dashes aside, and whoever published it: `RTX 4090`, `meta-llama/Llama-3.1-8B-Instruct`. */
function plainName(name: string): string {
  return name.split('/').at(-1)!.toLowerCase().replace(/[\s_-]+/g, '').replace(/(instruct|base|chat)$/, '');
}

function byName<Named extends { readonly name: string }>(list: readonly Named[], name: string): Named | undefined {
  const plain = plainName(name);
  return list.find((each) => plainName(each.name) === plain);
}

function fault(entry: EntryFault['entry'], message: string, more: Omit<EntryFault, 'entry' | 'message'> = {}): { fault: EntryFault } {
  return { fault: { entry, message, ...more } };
}

function cardOf({ card: name, memory, bandwidth, flops, count, link }: HardwareOptions, dtype: Dtype): Found<Card> {
  const known = name === undefined ? undefined : byName(CARDS, name);
  if (name !== undefined && !known) return fault('hardware', 'is no card that is known by name', { name, choices: CARDS.map((card) => card.name) });
  const missing = Object.entries({ memory: memory ?? known?.memory, bandwidth: bandwidth ?? known?.bandwidth, flops: flops ?? known?.flops.bf16 })
    .filter(([, value]) => value === undefined).map(([key]) => key);
  if (missing.length > 0) return fault('hardware', `needs ${missing.join(' and ')}, or a card by name`, { help: 'write a name (sched list hardware), or { memory: 141GB, bandwidth: 4.8TB/s, flops: 989TFLOPS }' });
  if (count > 1 && !link && !known) return fault('hardware', `needs link where count is ${count}`, { help: 'between the cards, such as link: { bandwidth: 360GB/s, latency: 10us }' });
  const speeds = flops === undefined ? known!.flops : { [dtype]: flops };
  if (speeds[dtype] === undefined) return fault('dtype', `is ${dtype}, which ${known!.name} does not compute in`, { help: 'say dtype: bf16, or choose another card' });
  const figures = { memory: (memory ?? known?.memory)!, bandwidth: (bandwidth ?? known?.bandwidth)!, flops: speeds };
  const asKnown = known !== undefined && memory === undefined && bandwidth === undefined && flops === undefined;
  const byHand = `a card of ${amountText(speeds[dtype], 'FLOPS')}, ${amountText(figures.bandwidth, 'B/s')} and ${amountText(figures.memory, 'B')}`;
  return { name: asKnown ? known.name : byHand, summary: '', ...figures, link: link ?? known?.link ?? { bandwidth: 1, latency: 0 }, source: known?.source ?? 'the scenario' };
}

function namedModel(name: string, file: ModelFile): Found<ModelShape> {
  if (!/\.json$/i.test(name)) {
    return byName(MODELS, name) ?? fault('model', 'is no model that is known by name', { name, choices: MODELS.map((model) => model.name), help: 'name its config.json instead: model: ./config.json' });
  }
  if (!file) return fault('model', `names ${JSON.stringify(name)}, which cannot be read here`, { unread: name });
  if ('fault' in file) return fault('model', `names a file that ${file.fault}`, { help: 'a path is relative to the folder of the scenario file; on the command line, to where the command runs' });
  const read = readModelConfig(file.text, name);
  return 'why' in read ? fault('model', `names a file that ${read.why}`, { ...(read.help !== undefined && { help: read.help }) }) : read;
}

function shapeByHand(options: ShapeOptions): Found<ModelShape> {
  const { layers, hiddenSize: width, attentionHeads: heads, vocabularySize: vocabulary, tiedEmbeddings: tied, intermediateSize, parameters } = options;
  const kvHeads = options.keyValueHeads ?? heads;
  const headSize = options.headSize ?? (heads === undefined ? undefined : width / heads);
  if (kvHeads === undefined || headSize === undefined) return fault('model', 'needs attentionHeads, or keyValueHeads and headSize');
  if (!Number.isInteger(headSize)) return fault('model', `needs headSize: ${width} is not divisible by ${heads} heads`);
  if ((parameters === undefined) === (intermediateSize === undefined)) return fault('model', 'needs either parameters or intermediateSize');
  if (intermediateSize !== undefined && heads === undefined) return fault('model', 'needs attentionHeads beside intermediateSize');
  const shape = { layers, width, heads, kvHeads, headSize, vocabulary, tied };
  const body = parameters === undefined
    ? bodyWeights({ layers, width, heads: heads!, kvHeads, headSize, feedForward: intermediateSize! })
    : parameters - (tied ? 1 : 2) * headWeights(shape);
  if (body <= 0) return fault('model', `has fewer parameters than its embeddings alone (${headWeights(shape)} weights${tied ? '' : ', twice'})`);
  return { name: `a model of ${Number((body / 1e9 + ((tied ? 1 : 2) * headWeights(shape)) / 1e9).toPrecision(3))} billion weights`, ...shape, body };
}

/** Tensor parallelism shares out whole heads; vLLM refuses what this refuses. */
function unsplittable({ heads, kvHeads, name }: ModelShape, count: number): EntryFault | undefined {
  if (heads !== undefined && heads % count !== 0) return { entry: 'hardware', message: `has a count of ${count}, which does not divide the ${heads} attention heads of ${name}`, help: 'use 1, 2, 4 or 8 cards' };
  if (kvHeads % count !== 0 && count % kvHeads !== 0) return { entry: 'hardware', message: `has a count of ${count}, which neither divides nor is divided by the ${kvHeads} heads of ${name} that have keys and values` };
  return undefined;
}

