/**
 * The contract of an arrival process: when requests come.
 *
 * Times are fractional microseconds after the source's start. They are accumulated as doubles and rounded
 * once each by the caller, so that rounding never adds up to a drift.
 */
import * as v from 'valibot';
import { number, orPercent, positive } from '../../core/options.ts';
import type { Random } from '../../core/random.ts';
import type { Micros } from '../../core/time.ts';
import type { Definition } from '../definition.ts';
import { MAX_RATE } from '../limits.ts';

/** The time of the next arrival, never before the last one; Infinity when no more will come. */
export type NextArrival = () => number;

/** Options with a pace of their own and no `load`. */
export type PacedOptions = Readonly<Record<string, unknown>>;

export interface ArrivalDefinition<Options = unknown> extends Definition<Options> {
  /** How many arrivals to expect before `horizon`: sizes what is to hold them, and refuses what is too much. */
  expected(options: Options, horizon: Micros): number;
  make(options: Options, random: Random): NextArrival;
  /**
   * The options with a pace in place of `load`, whatever it is that they say the pace with. Twice the pace is twice
   * the arrivals in the same time; where the options have no pace of their own, 1 is one request per second.
   */
  atPace(options: Options, pace: number): PacedOptions;
  /** The pace that options without `load` have, in the measure of `atPace`. */
  pace(options: Options): number;
  /** The same process on a clock that runs slower by `factor`; only where a pace alone cannot meet every load. */
  stretched?(options: Options, factor: number): PacedOptions;
}

/** The option `rate`, requests per second. */
export function rateOption(description = 'requests per second') {
  return positive(description, MAX_RATE);
}

/** The option `load`. */
export function loadOption(description = 'instead of rate: what the engine is asked for, as a share of what it can take of this source; 0.8 or 80%') {
  return v.optional(orPercent(positive(description, 100)));
}

/** The options `rate` and `load`, of which one is to be given. */
export function rateOrLoad(description?: string) {
  return { rate: v.optional(rateOption(description)), load: loadOption() };
}

/** What is wrong with options of which just one of these is to be given; undefined: nothing. */
export function checkOneOf(...names: readonly string[]) {
  return (options: object): string | undefined => {
    const given = names.filter((name) => (options as Readonly<Record<string, unknown>>)[name] !== undefined);
    return given.length === 1 ? undefined : `needs ${names.length === 2 ? 'either ' : 'one of '}${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  };
}

/** A process whose pace is its rate. */
export function atRate({ load: _load, ...options }: PacedOptions, rate: number): PacedOptions {
  return { ...options, rate };
}

/** The pace of such a process. */
export function rateOf({ rate }: { readonly rate: number }): number {
  return rate;
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
