/**
 * `hardware` and `model` of an engine are sugar: before validation they become the `stepTime` and the
 * `kvCache.blocks` that they stand for, where these are not given, and a note of what was estimated.
 */
import * as v from 'valibot';
import { isMapping } from '../../core/choice.ts';
import { exactDuration } from '../../core/exact-duration.ts';
import { amountText } from '../../core/quantities.ts';
import { estimateBlocks, type EstimatedStep, estimateStep, OVERHEAD_BYTES, weightBytes, type Server } from './estimate.ts';
import type { StepTimeOptions } from '../options.ts';
import { DEFAULT_EFFICIENCY, type Estimated, type FittedEfficiency, hardwareEntries } from './options.ts';
import { type EntryFault, hardwareText, type ModelFile, serverOf } from './server.ts';

type Entries = Readonly<Record<string, unknown>>;

export interface Resolved {
  /** As a user would have written it. Where there is a fault: fit to be searched for more of them. */
  readonly engine: unknown;
  readonly faults: readonly EntryFault[];
}

/** vLLM's, where neither the scenario nor a preset says. */
const BLOCK_SIZE = 16;

/** vLLM's gpu_memory_utilization. */
const UTILIZATION = 0.9;

/**
 * An `engine:` before validation, its preset already underneath.
 *
 * @param modelFile what is in the file that `model` names, where it names one
 */
export function withHardware(engine: unknown, modelFile?: ModelFile): Resolved {
  if (!isMapping(engine) || !isAsked(engine)) return { engine, faults: [] };
  const { valid, wrong } = parsedEntries(engine);
  const { hardware, model, dtype = 'bf16', efficiency = DEFAULT_EFFICIENCY, memoryUtilization = UTILIZATION } = valid;
  if (engine['hardware'] === undefined) return refused(engine, { entry: 'model', message: 'needs hardware beside it', help: 'such as hardware: h200; see sched list hardware' });
  if (engine['model'] === undefined) return refused(engine, { entry: 'hardware', message: 'needs model beside it', help: 'such as model: llama-3.1-8b; see sched list models' });
  if (hardware === undefined || model === undefined) return refused(engine);
  const server = serverOf({ hardware, model, dtype, efficiency }, modelFile);
  if ('faults' in server) return refused(engine, ...server.faults);
  if (wrong) return refused(engine);
  return estimated(engine, server, efficiency, memoryUtilization);
}

type EntryValues = { readonly [Name in keyof typeof hardwareEntries]?: v.InferOutput<(typeof hardwareEntries)[Name]> };

/** The entries that are right by themselves, and whether there are others: of these, validation tells, which has to see them. */
function parsedEntries(engine: Entries): { readonly valid: EntryValues; readonly wrong: boolean } {
  const parsed = Object.entries(hardwareEntries).map(([name, schema]) => [name, v.safeParse(schema, engine[name])] as const);
  return {
    valid: Object.fromEntries(parsed.flatMap(([name, result]) => (result.success ? [[name, result.output]] : []))),
    wrong: parsed.some(([, result]) => !result.success),
  };
}

/** Whether `engine:` asks for an estimate. */
export function isAsked(engine: Entries): boolean {
  return engine['hardware'] !== undefined || engine['model'] !== undefined;
}

function estimated(engine: Entries, server: Server, efficiency: FittedEfficiency, utilization: number): Resolved {
  const cache = isMapping(engine['kvCache']) ? engine['kvCache'] : {};
  const blockSize = typeof cache['blockSize'] === 'number' ? cache['blockSize'] : BLOCK_SIZE;
  const blocks = estimateBlocks(server, utilization, blockSize);
  const missing = { stepTime: engine['stepTime'] === undefined, blocks: cache['blocks'] === undefined };
  if (missing.blocks && blocks < 1) return refused(engine, noRoom(server, utilization));
  const figures = (['stepTime', 'blocks'] as const).filter((figure) => missing[figure]);
  const { hardware: _hardware, model: _model, dtype: _dtype, efficiency: _efficiency, memoryUtilization: _share, ...rest } = engine;
  const note: Estimated = { hardware: hardwareText(server), model: server.model.name, cards: server.count, figures, efficiency };
  return {
    faults: [],
    engine: {
      ...rest,
      ...(missing.stepTime && { stepTime: stepEntries(server) }),
      kvCache: { ...cache, ...(missing.blocks && { blocks }) },
      ...(figures.length > 0 && { estimated: { ...note, efficiency: { ...efficiency, perLayer: exactDuration(efficiency.perLayer) } } }),
    },
  };
}

/** KV blocks of a server at vLLM's share of the memory. @returns 1 where there is no room for any */
export function blocksOf(server: Server, blockSize: number = BLOCK_SIZE): number {
  return Math.max(1, estimateBlocks(server, UTILIZATION, blockSize));
}

/** Significant digits of a coefficient: more than any estimate is worth, few enough to be read. */
const DIGITS = 10;

/** The step of a server, in microseconds, as it is written. */
function roundedStep(server: Server): EstimatedStep {
  const { base, perToken, perSequence, perContextToken } = estimateStep(server);
  const rounded = (micros: number) => Number(micros.toPrecision(DIGITS));
  return { base: rounded(base), perToken: rounded(perToken), perSequence: rounded(perSequence), perContextToken: rounded(perContextToken) };
}

function stepEntries(server: Server): Entries {
  return { model: 'linear', ...Object.fromEntries(Object.entries(roundedStep(server)).map(([name, micros]) => [name, exactDuration(micros)])) };
}

/** The validated `stepTime:` of a server. */
export function estimatedStepTime(server: Server): StepTimeOptions {
  return { model: 'linear', perPrefillToken: 0, perDecodeToken: 0, ...roundedStep(server) };
}

function noRoom({ card, count, model, dtype }: Server, utilization: number): EntryFault {
  const weights = weightBytes(model, dtype);
  const usable = utilization * card.memory;
  const each = count === 1 ? 'the card' : `each of the ${count} cards`;
  const fits = (bytes: number, cards: number) => usable > bytes / cards + OVERHEAD_BYTES;
  const least = [1, 2, 4, 8, 16, 32, 64].find((cards) => cards > count && fits(weights, cards));
  const lighter = dtype === 'bf16' && card.flops.fp8 !== undefined && fits(weightBytes(model, 'fp8'), count);
  return {
    entry: 'model',
    message: `has ${amountText(weights, 'B')} of weights in ${dtype}, which leave no room for KV blocks: ${each} (${card.name}) has ${amountText(usable, 'B')} to use (${utilization} of ${amountText(card.memory, 'B')})`,
    help: `take ${[...(least === undefined ? [] : [`${least} cards (count: ${least})`]), ...(lighter ? ['weights in FP8 (dtype: fp8)'] : []), 'a smaller model'].join(', or ')}`,
  };
}

/** With what is sure to be missing now put in, so that it is not said to be. */
function refused(engine: Entries, ...faults: EntryFault[]): Resolved {
  const cache = engine['kvCache'];
  return { engine: isMapping(cache) && cache['blocks'] === undefined ? { ...engine, kvCache: { ...cache, blocks: 1 } } : engine, faults };
}
