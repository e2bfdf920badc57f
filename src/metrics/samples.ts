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
 * Writes the samples of all requests, in order, each group's without holes from `next[group]` on.
 *
 * @param of group by request
 * @param next moved on to the position after the group's last sample; each group has room for all of its requests
 */
export type Gather = (of: Uint16Array, next: Uint32Array, into: Float64Array) => void;

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
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const group = of[request]!;
      const at = next[group]!;
      const wait = event[request]! - arrival[request]!;
      into[at] = wait;
      if (wait === wait) next[group] = at + 1;
    }
  };
}

function timesPerOutputToken(_table: RequestTable, { outputTokens, firstToken, finish }: Outcomes): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const group = of[request]!;
      const at = next[group]!;
      const tpot = timePerOutputToken(firstToken[request]!, finish[request]!, outputTokens[request]!);
      into[at] = tpot;
      if (tpot === tpot) next[group] = at + 1;
    }
  };
}

function slowdowns({ arrival }: RequestTable, { finish }: Outcomes, aloneOf: AloneOf): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const latency = finish[request]! - arrival[request]!;
      if (latency !== latency) continue;
      const alone = aloneOf(request);
      // An engine whose steps take no time has no slowdown to speak of.
      if (alone > 0) into[next[of[request]!]!++] = latency / alone;
    }
  };
}
