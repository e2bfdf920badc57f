/** Arrivals at a fixed distance, the first at the start: the k-th is k x interval, not a sum of rounded steps. */
import * as v from 'valibot';
import { positiveDuration } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { checkOneOf, loadOption, rateOption } from './arrival.ts';

interface Options {
  readonly interval?: Micros;
  readonly rate?: number;
}

export const constant: ArrivalDefinition<Options> = {
  name: 'constant',
  summary: 'one request every interval, the first at the start',
  options: {
    interval: v.optional(positiveDuration('time from one request to the next')),
    rate: v.optional(rateOption('requests per second, instead of interval')),
    load: loadOption('instead of interval: what the engine is asked for, as a share of what it can take of this source; 0.8 or 80%'),
  },
  check: checkOneOf('interval', 'rate', 'load'),
  atPace: (_options, rate) => ({ rate }),
  pace: ({ interval, rate }) => rate ?? 1e6 / interval!,
  expected: ({ interval, rate }, horizon) => Math.ceil(interval === undefined ? (horizon * rate!) / 1e6 : horizon / interval),
  make({ interval, rate }) {
    let k = 0;
    return interval === undefined ? () => (k++ * 1e6) / rate! : () => k++ * interval;
  },
};
