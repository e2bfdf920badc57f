/**
 * The server that a run is replayed on, all but its step times: flags first, then the run's metadata, then
 * vLLM's defaults. Each setting keeps where it is from, so that nothing is chosen in silence.
 */
import * as v from 'valibot';
import { type Fault, FaultError } from '../../core/fault.ts';
import { type EngineOptions, engineSchema } from '../../engine/options.ts';
import { withPreset } from '../../engine/presets/index.ts';
import { predicate } from '../../scenario/messages.ts';
import type { ServerSettings } from '../measured/measured-run.ts';

export type Origin = 'flag' | 'metadata' | 'default' | 'fitted' | 'estimated';

/** Where the value of one setting of the engine block is from. */
export interface Choice {
  /** Path in the engine block: `kvCache.blocks`. */
  readonly setting: string;
  readonly value: number | boolean | string;
  readonly origin: Origin;
  /** What a fitted or estimated value stands for. */
  readonly note?: string;
}

/** What is said of the server: by the user, right or wrong, and by the run. */
export interface Sources {
  readonly flags: ServerSettings;
  readonly metadata: ServerSettings;
}

/** An engine whose `stepTime` is still to be fitted. */
export interface Server {
  readonly engine: EngineOptions;
  readonly choices: readonly Choice[];
}

/** Whose defaults hold where neither a flag nor the run tells. */
const DEFAULT_PRESET = 'vllm';

const IN_CACHE = 'kvCache.';

/** Settings by their place in the engine block, in its order. */
const PLACES: readonly (readonly [setting: string, name: keyof ServerSettings])[] = [
  ['maxBatchSize', 'maxBatchSize'],
  ['maxBatchTokens', 'maxBatchTokens'],
  ['chunkedPrefill', 'chunkedPrefill'],
  ['longPrefillThreshold', 'longPrefillThreshold'],
  ['maxModelLength', 'maxModelLength'],
  ['kvCache.blockSize', 'blockSize'],
  ['kvCache.blocks', 'kvBlocks'],
  ['kvCache.admission', 'admission'],
  ['kvCache.watermark', 'watermark'],
  ['asyncScheduling', 'asyncScheduling'],
];

/** The server as it is known. Without KV blocks, its KV cache has no limit. */
export function serverOf(sources: Sources): Server {
  return build(sources, told(sources, 'kvBlocks'));
}

/** The same server with as many KV blocks as were fitted, or estimated. */
export function withFittedBlocks(sources: Sources, blocks: number, note: string, origin: Origin = 'fitted'): Server {
  const { engine, choices } = build(sources, blocks);
  return {
    engine,
    choices: choices.map((choice) => (choice.setting === `${IN_CACHE}blocks` ? { ...choice, origin, note } : choice)),
  };
}

export function told<Name extends keyof ServerSettings>({ flags, metadata }: Sources, name: Name): ServerSettings[Name] {
  return flags[name] ?? metadata[name];
}

function build(sources: Sources, kvBlocks: number | undefined): Server {
  const entries: Record<string, unknown> = { preset: DEFAULT_PRESET };
  const cache: Record<string, unknown> = { blocks: kvBlocks };
  for (const [setting, name] of PLACES) {
    const value = told(sources, name);
    if (value === undefined || name === 'kvBlocks') continue;
    if (setting.startsWith(IN_CACHE)) cache[setting.slice(IN_CACHE.length)] = value;
    else entries[setting] = value;
  }
  if (kvBlocks !== undefined) entries['kvCache'] = cache;
  // What the preset stands for is spelled out: a block that says both would leave a reader to compare them.
  const parsed = v.safeParse(engineSchema, withPreset(entries), { message: predicate });
  if (!parsed.success) throw new FaultError(parsed.issues.map((issue) => settingFault(issue, sources)));
  const { preset: _preset, ...engine } = parsed.output as EngineOptions & { preset?: string };
  return { engine, choices: choicesOf(engine, sources) };
}

/** A setting that no engine can have, by where it is from. */
function settingFault(issue: v.BaseIssue<unknown>, { flags }: Sources): Fault {
  const setting = v.getDotPath(issue) ?? '';
  const name = PLACES.find(([place]) => place === setting)?.[1];
  const origin = name !== undefined && flags[name] !== undefined ? 'as given' : "in the run's metadata";
  return { code: 'measured-run', message: `${setting} ${origin} ${issue.message} (found ${String(issue.input)})`, help: 'the options of calibrate say what the server was, over what the run tells' };
}

function choicesOf(engine: EngineOptions, { flags, metadata }: Sources): Choice[] {
  return PLACES.flatMap(([setting, name]) => {
    const value = valueAt(engine, setting);
    if (value === undefined) return [];
    const origin: Origin = flags[name] !== undefined ? 'flag' : metadata[name] !== undefined ? 'metadata' : 'default';
    return [{ setting, value, origin }];
  });
}

function valueAt({ kvCache, ...engine }: EngineOptions, setting: string): number | boolean | string | undefined {
  const value = setting.startsWith(IN_CACHE)
    ? kvCache?.[setting.slice(IN_CACHE.length) as keyof typeof kvCache]
    : engine[setting as keyof typeof engine];
  return typeof value === 'object' ? undefined : value;
}
