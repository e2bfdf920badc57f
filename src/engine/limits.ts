/**
 * Which requests can never be served by an engine, whatever else runs: they are shed on arrival, so that
 * they cannot block the queue for ever.
 */
import type { RequestTable } from '../workload/request-table.ts';
import type { EngineOptions } from './options.ts';

/** Why the engine itself sheds requests. */
export const SHED_REASONS = [
  'longer than maxModelLength',
  'longer than the KV cache',
  'longer than maxBatchTokens, and chunkedPrefill is off',
] as const;

const [LONGER_THAN_MODEL, LONGER_THAN_KV, LONGER_THAN_BUDGET] = SHED_REASONS;

/** Prompt tokens the engine computes: an empty prompt still is one token, the one that begins a sequence. */
export function promptLength(table: Pick<RequestTable, 'promptTokens'>, request: number): number {
  return Math.max(1, table.promptTokens[request]!);
}

/**
 * Output tokens the engine emits for each request: those asked for, or fewer where `overlong: truncate` ends
 * a request at maxModelLength (0 where the prompt alone is that long).
 */
export function emittedTokens(table: RequestTable, { maxModelLength, overlong }: EngineOptions): Uint32Array {
  if (maxModelLength === undefined || overlong === 'shed') return table.outputTokens;
  return table.outputTokens.map((output, request) => Math.min(output, Math.max(0, maxModelLength - promptLength(table, request))));
}

/** Whether an engine has limits that a request may exceed: where it has none, nobody has to be looked at. */
export function hasLimits({ maxModelLength, kvCache, maxBatchTokens, chunkedPrefill }: EngineOptions): boolean {
  return maxModelLength !== undefined || kvCache !== undefined || (maxBatchTokens !== undefined && !chunkedPrefill);
}

/** Why the request can never be served; undefined when it can. */
export function neverFits(options: EngineOptions, promptTokens: number, output: number): string | undefined {
  const { maxModelLength, kvCache, maxBatchTokens, chunkedPrefill, longPrefillThreshold } = options;
  if (maxModelLength !== undefined && (output < 1 || promptTokens + output > maxModelLength)) return LONGER_THAN_MODEL;
  // The last token is never fed back, so it needs no KV.
  const computed = promptTokens + output - 1;
  if (kvCache && Math.ceil(computed / kvCache.blockSize) > kvCache.blocks) return LONGER_THAN_KV;
  if (maxBatchTokens !== undefined && !chunkedPrefill) {
    // After losing its KV a request computes prompt and output so far in one piece.
    const losesKv = kvCache !== undefined && kvCache.admission !== 'completion';
    const longest = losesKv ? computed : promptTokens;
    const piece = longPrefillThreshold > 0 ? Math.min(longest, longPrefillThreshold) : longest;
    if (piece > maxBatchTokens) return LONGER_THAN_BUDGET;
  }
  return undefined;
}
