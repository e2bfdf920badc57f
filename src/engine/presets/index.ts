/** The one list of presets, and how a scenario's own entries override one. */
import { orca } from './orca.ts';
import type { Preset } from './preset.ts';
import { sglang } from './sglang.ts';
import { tensorrtLlm } from './tensorrt-llm.ts';
import { vllm, vllmLarge, vllmXlarge } from './vllm.ts';

export const PRESETS: readonly Preset[] = [vllm, vllmLarge, vllmXlarge, sglang, tensorrtLlm, orca];

type Entries = Readonly<Record<string, unknown>>;

const isEntries = (value: unknown): value is Entries => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The `engine:` a user wrote, before validation, with the entries of its preset underneath. Anything that
 * is not an object, or names no known preset, is returned as it is, for validation to judge.
 */
export function withPreset(engine: unknown): unknown {
  if (!isEntries(engine)) return engine;
  const preset = PRESETS.find(({ name }) => name === engine.preset);
  if (!preset) return engine;
  const { kvCache: defaults, ...entries } = preset.engine;
  const merged: Record<string, unknown> = { ...entries, ...engine };
  if (isEntries(engine.kvCache)) merged.kvCache = { ...(defaults as Entries), ...engine.kvCache };
  return merged;
}
