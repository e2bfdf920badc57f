/** TPOT of one request, for its distribution and for its target. */
import type { Micros } from '../core/time.ts';

/** TPOT in microseconds, as vLLM's benchmark has it: the time after the first token over the other tokens. NaN for one token. */
export function timePerOutputToken(firstToken: Micros, finish: Micros, outputTokens: number): number {
  return outputTokens > 1 ? (finish - firstToken) / (outputTokens - 1) : NaN;
}
