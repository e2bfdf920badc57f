/** Bursts: `size` requests at once, the first burst at the start, then one every interval. */
import { positiveDuration, whole } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import { MAX_REQUESTS } from '../limits.ts';
import type { ArrivalDefinition } from './arrival.ts';

interface Options {
  readonly size: number;
  readonly interval: Micros;
}

export const burst: ArrivalDefinition<Options> = {
  name: 'burst',
  summary: 'size requests at once, every interval, the first at the start',
  options: {
    size: whole('requests in a burst', 1, MAX_REQUESTS),
    interval: positiveDuration('time from one burst to the next'),
  },
  expected: ({ size, interval }, horizon) => size * Math.ceil(horizon / interval),
  make({ size, interval }) {
    let k = 0;
    return () => Math.floor(k++ / size) * interval;
  },
};
