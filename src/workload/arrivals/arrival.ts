/**
 * The contract of an arrival process: when requests come.
 *
 * Times are fractional microseconds after the source's start. They are accumulated as doubles and rounded
 * once each by the caller, so that rounding never adds up to a drift.
 */
import { number, positive } from '../../core/options.ts';
import type { Random } from '../../core/random.ts';
import type { Micros } from '../../core/time.ts';
import type { Definition } from '../definition.ts';
import { MAX_RATE } from '../limits.ts';

/** The time of the next arrival, never before the last one; Infinity when no more will come. */
export type NextArrival = () => number;

export interface ArrivalDefinition<Options = unknown> extends Definition<Options> {
  /** How many arrivals to expect before `horizon`: sizes what is to hold them, and refuses what is too much. */
  expected(options: Options, horizon: Micros): number;
  make(options: Options, random: Random): NextArrival;
}

/** The option `rate`, requests per second. */
export function rateOption(description = 'requests per second') {
  return positive(description, MAX_RATE);
}

/** The option `cv`, how bursty the gaps are. */
export function cvOption() {
  return number('coefficient of variation of the gaps; 1: as bursty as Poisson', 0.01, 100);
}

/** Requests per second as requests per microsecond. */
export function perMicro(rate: number): number {
  return rate / 1e6;
}

/** A process whose gaps are drawn independently; the first arrival comes one gap after the start. */
export function renewal(gap: () => number): NextArrival {
  // A field of an object is updated in place, where a captured variable would be a new number each time.
  const clock = { now: 0 };
  return () => (clock.now += gap());
}

/** The number of arrivals to expect of a process whose mean rate (per second) does not change. */
export function steady(rate: number, horizon: Micros): number {
  return perMicro(rate) * horizon;
}
