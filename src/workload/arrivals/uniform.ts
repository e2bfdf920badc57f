/** Gaps spread evenly between 0 and twice their mean (CV 0.577): milder than Poisson, without a fixed beat. */
import { randomUniform } from 'd3-random';
import type { ArrivalDefinition } from './arrival.ts';
import { atRate, checkOneOf, perMicro, rateOf, rateOrLoad, renewal, steady } from './arrival.ts';

interface Options {
  readonly rate: number;
}

export const uniform: ArrivalDefinition<Options> = {
  name: 'uniform',
  summary: 'independent gaps, uniform between 0 and 2 / rate (CV 0.58)',
  options: { ...rateOrLoad() },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  expected: ({ rate }, horizon) => steady(rate, horizon),
  make: ({ rate }, random) => renewal(randomUniform.source(random)(2 / perMicro(rate))),
};
