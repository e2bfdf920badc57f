/**
 * Where the search starts: the mean step of the run, read from its own times, shared out among the
 * coefficients in a few plausible ways. So the starts have the right size for any GPU and model.
 */
import type { MeasuredRequests } from '../measured/measured-run.ts';
import type { Coefficients } from './parameters.ts';

/** Shares of a mean step: any step, its requests, its prefill tokens, its context. */
const SHARES: readonly (readonly [base: number, sequences: number, prefill: number, context: number])[] = [
  [0.55, 0.1, 0.2, 0.15],
  [0.35, 0.15, 0.3, 0.2],
  [0.2, 0.02, 0.75, 0.03],
  [0.4, 0.3, 0.2, 0.1],
];

/** A coefficient is looked for between these shares of a mean step. */
const LEAST = 1e-4;
const MOST = 3;

export interface Starts {
  readonly starts: readonly Coefficients[];
  readonly lower: Coefficients;
  readonly upper: Coefficients;
}

/** One set of coefficients for each way to share, and the range to search. */
export function startsOf(requests: MeasuredRequests): Starts {
  const { step, sequences, prefill, context } = meanStep(requests);
  const shared = ([base, perSequence, perPrefill, perContext]: readonly [number, number, number, number]): Coefficients => ({
    base: base * step,
    perSequence: (perSequence * step) / sequences,
    perPrefillToken: (perPrefill * step) / prefill,
    perContextToken: (perContext * step) / context,
  });
  return { starts: SHARES.map(shared), lower: shared([LEAST, LEAST, LEAST, LEAST]), upper: shared([MOST, MOST, MOST, MOST]) };
}

/** What a step of the run is like on average, weighted by time. Each at least a trifle, so that it can divide. */
export function meanStep(requests: MeasuredRequests): { step: number; sequences: number; prefill: number; context: number } {
  const { count, firstToken, finish, promptTokens, outputTokens } = requests;
  let decoding = 0;
  let gaps = 0;
  let tokenTime = 0;
  let prompts = 0;
  for (let i = 0; i < count; i++) {
    const time = finish[i]! - firstToken[i]!;
    decoding += time;
    gaps += outputTokens[i]! - 1;
    tokenTime += time * (promptTokens[i]! + outputTokens[i]! / 2);
    prompts += promptTokens[i]!;
  }
  const span = Math.max(1, finish.reduce((last, time) => Math.max(last, time), 0));
  const step = gaps > 0 && decoding > 0 ? decoding / gaps : span / count;
  return {
    step,
    sequences: Math.max(1, decoding / span),
    prefill: Math.max(1, (prompts * step) / span),
    context: Math.max(1, tokenTime / span),
  };
}
