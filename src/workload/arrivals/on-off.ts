/** Poisson arrivals in phases that are on, none in those that are off; the first phase is on. */
import { randomExponential } from 'd3-random';
import { duration, positiveDuration } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { atRate, checkOneOf, perMicro, rateOf, rateOrLoad, renewal, steady } from './arrival.ts';

interface Options {
  readonly rate: number;
  readonly on: Micros;
  readonly off: Micros;
}

export const onOff: ArrivalDefinition<Options> = {
  name: 'on-off',
  summary: 'Poisson at rate while on, silence while off, in turns',
  options: {
    ...rateOrLoad('requests per second while on'),
    on: positiveDuration('length of a phase with arrivals'),
    off: duration('length of a phase without'),
  },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  // A silence more or less before the last request is a jump that no rate can make good.
  stretched: ({ rate, on, off }, factor) => ({ rate: rate / factor, on: Math.max(1, Math.round(on * factor)), off: Math.round(off * factor) }),
  expected({ rate, on, off }, horizon) {
    const rounds = Math.floor(horizon / (on + off));
    return steady(rate, rounds * on + Math.min(on, horizon - rounds * (on + off)));
  },
  make({ rate, on, off }, random) {
    // A Poisson process on the time that is on, with the off phases put in between.
    const next = renewal(randomExponential.source(random)(perMicro(rate)));
    return () => {
      const time = next();
      return off === 0 ? time : time + Math.floor(time / on) * off;
    };
  },
};
