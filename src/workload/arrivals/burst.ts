/** Bursts: `size` requests at once, the first burst at the start, then one every interval. */
import * as v from 'valibot';
import { positiveDuration, whole } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import { MAX_REQUESTS } from '../limits.ts';
import { type ArrivalDefinition, checkOneOf, loadOption } from './arrival.ts';

interface Options {
  readonly size: number;
  readonly interval: Micros;
}

export const burst: ArrivalDefinition<Options> = {
  name: 'burst',
  summary: 'size requests at once, every interval, the first at the start',
  options: {
    size: whole('requests in a burst', 1, MAX_REQUESTS),
    interval: v.optional(positiveDuration('time from one burst to the next')),
    load: loadOption('instead of interval: what the engine is asked for, as a share of what it can take of this source; 0.8 or 80%'),
  },
  check: checkOneOf('interval', 'load'),
  atPace: ({ size }, pace) => ({ size, interval: Math.max(1, Math.round((1e6 * size) / pace)) }),
  pace: ({ size, interval }) => (1e6 * size) / interval,
  expected: ({ size, interval }, horizon) => size * Math.ceil(horizon / interval),
  make({ size, interval }) {
    let k = 0;
    return () => Math.floor(k++ / size) * interval;
  },
};
