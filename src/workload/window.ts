/** How many requests are to be expected of a workload and in what time they come: its rate, before anything is drawn. */
import type { Micros } from '../core/time.ts';
import { ARRIVALS } from './arrivals/index.ts';
import { definitionOf } from './definition.ts';
import type { GenerateSpec, SourceSpec } from './spec.ts';

export interface Window {
  readonly requests: number;
  /** From 0 to when the last source ends. */
  readonly span: Micros;
}

/** Null where only data or the engine can tell: traces, and arrivals by load. */
export function expectedWindow(sources: readonly SourceSpec[]): Window | null {
  let requests = 0;
  let span = 0;
  for (const source of sources) {
    if ('trace' in source || ('generate' in source && source.generate.arrivals['load'] !== undefined)) return null;
    const each = 'requests' in source ? { requests: source.requests.length, span: Math.max(0, ...source.requests.map(({ at }) => at)) } : generated(source.generate);
    requests += each.requests;
    span = Math.max(span, each.span);
  }
  return { requests, span };
}

/** Longer than virtual time is exact. */
const ENDLESS = 2 ** 53;

function generated({ count = Infinity, duration = ENDLESS, start, arrivals }: GenerateSpec): Window {
  const definition = definitionOf(ARRIVALS, arrivals.process);
  const expected = (horizon: Micros): number => definition.expected(arrivals as never, horizon);
  const requests = Math.min(count, expected(duration));
  if (duration < ENDLESS && expected(duration) <= count) return { requests, span: start + duration };
  let [before, after] = [0, duration];
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if (expected(between) < requests) before = between;
    else after = between;
  }
  return { requests, span: start + after };
}
