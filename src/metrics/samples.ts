/**
 * The per-request samples behind the distributions. A request in which the event never happened has no sample:
 * latency, TPOT and slowdown need a finish, TTFT a first token, queue time an admission.
 */
import type { Micros } from '../core/time.ts';
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';

/** What a request would take alone on the empty engine, by its index, in microseconds. */
export type AloneOf = (request: number) => Micros;

/**
 * Writes the samples of the given requests into `into` from position `at` on, without holes.
 *
 * @returns the position after the last one
 */
export type Gather = (requests: Int32Array, into: Float64Array, at: number) => number;

/** The sampled metrics by their name in the summary. Times in microseconds; slowdown is a ratio. */
export const SAMPLES = {
  latency: (table, outcomes) => waitsUntil(table, outcomes.finish),
  ttft: (table, outcomes) => waitsUntil(table, outcomes.firstToken),
  tpot: (table, outcomes) => timesPerOutputToken(table, outcomes),
  queueTime: (table, outcomes) => waitsUntil(table, outcomes.admitted),
  slowdown: (table, outcomes, aloneOf) => slowdowns(table, outcomes, aloneOf),
} as const satisfies Record<string, (table: RequestTable, outcomes: Outcomes, aloneOf: AloneOf) => Gather>;

export type SampledMetric = keyof typeof SAMPLES;

/** TPOT in microseconds, as vLLM's benchmark has it: the time after the first token over the other tokens. NaN for one token. */
export function timePerOutputToken(firstToken: Micros, finish: Micros, outputTokens: number): number {
  return outputTokens > 1 ? (finish - firstToken) / (outputTokens - 1) : NaN;
}

// Below, a sample is written in any case and kept if it is a number, NaN being "never happened": a branch less.

function waitsUntil({ arrival }: RequestTable, event: Float64Array): Gather {
  return (requests, into, at) => {
    for (let k = 0; k < requests.length; k++) {
      const request = requests[k]!;
      const wait = event[request]! - arrival[request]!;
      into[at] = wait;
      if (wait === wait) at++;
    }
    return at;
  };
}

function timesPerOutputToken(_table: RequestTable, { outputTokens, firstToken, finish }: Outcomes): Gather {
  return (requests, into, at) => {
    for (let k = 0; k < requests.length; k++) {
      const request = requests[k]!;
      const tpot = timePerOutputToken(firstToken[request]!, finish[request]!, outputTokens[request]!);
      into[at] = tpot;
      if (tpot === tpot) at++;
    }
    return at;
  };
}

function slowdowns({ arrival }: RequestTable, { finish }: Outcomes, aloneOf: AloneOf): Gather {
  return (requests, into, at) => {
    for (let k = 0; k < requests.length; k++) {
      const request = requests[k]!;
      const latency = finish[request]! - arrival[request]!;
      if (latency !== latency) continue;
      const alone = aloneOf(request);
      // An engine whose steps take no time has no slowdown to speak of.
      if (alone > 0) into[at++] = latency / alone;
    }
    return at;
  };
}
