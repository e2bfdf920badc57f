/**
 * What a request would take alone on the empty engine: the denominator of slowdown.
 */
import type { Micros } from '../core/time.ts';
import type { EngineOptions } from './options.ts';
import type { StepTime } from './step-time/step-time.ts';

/**
 * Latency alone, by prompt tokens (as in the RequestTable) and emitted output tokens, in microseconds. Exact: the same
 * steps, rounded the same. Prefix sums over the context make a call constant in the number of tokens.
 */
export function aloneLatency(options: EngineOptions, stepTime: StepTime): (promptTokens: number, outputTokens: number) => Micros {
  const threshold = options.longPrefillThreshold > 0 ? options.longPrefillThreshold : Infinity;
  const chunk = Math.min(threshold, options.chunkedPrefill ? (options.maxBatchTokens ?? Infinity) : Infinity);
  // decodeTime[c]: all decode steps whose context is at most c; chunkTime[k]: the first k whole chunks.
  const decodeTime: Micros[] = [0];
  const chunkTime: Micros[] = [0];
  const decodeUpTo = (context: number): Micros => {
    for (let c = decodeTime.length; c <= context; c++) decodeTime.push(decodeTime[c - 1]! + stepTime.duration(1, 0, 1, c));
    return decodeTime[context]!;
  };
  const wholeChunks = (count: number): Micros => {
    for (let k = chunkTime.length; k <= count; k++) chunkTime.push(chunkTime[k - 1]! + stepTime.duration(1, chunk, 0, k * chunk));
    return chunkTime[count]!;
  };
  const prefill = (prompt: number): Micros => {
    if (prompt <= chunk) return stepTime.duration(1, prompt, 0, prompt);
    const whole = Math.ceil(prompt / chunk) - 1;
    return wholeChunks(whole) + stepTime.duration(1, prompt - whole * chunk, 0, prompt);
  };
  return (promptTokens, outputTokens) => {
    const prompt = Math.max(1, promptTokens);
    const decodes = outputTokens - 1;
    if (!stepTime.usesContext) return prefill(prompt) + decodes * stepTime.duration(1, 0, 1, 0);
    // The step after the first token attends to prompt + 1 tokens.
    return prefill(prompt) + decodeUpTo(prompt + decodes) - decodeUpTo(prompt);
  };
}
