/** Poisson arrivals: independent exponential gaps, what many independent users add up to. */
import { randomExponential } from 'd3-random';
import type { ArrivalDefinition } from './arrival.ts';
import { atRate, checkOneOf, perMicro, rateOf, rateOrLoad, renewal, steady } from './arrival.ts';

interface Options {
  readonly rate: number;
}

export const poisson: ArrivalDefinition<Options> = {
  name: 'poisson',
  summary: 'independent exponential gaps (CV 1)',
  options: { ...rateOrLoad() },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  expected: ({ rate }, horizon) => steady(rate, horizon),
  make: ({ rate }, random) => renewal(randomExponential.source(random)(perMicro(rate))),
};
