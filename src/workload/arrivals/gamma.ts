/** Gamma-distributed gaps: traffic that is burstier (CV > 1) or more even (CV < 1) than Poisson. */
import { randomGamma } from 'd3-random';
import type { ArrivalDefinition } from './arrival.ts';
import { atRate, checkOneOf, cvOption, perMicro, rateOf, rateOrLoad, renewal, steady } from './arrival.ts';

interface Options {
  readonly rate: number;
  readonly cv: number;
}

export const gamma: ArrivalDefinition<Options> = {
  name: 'gamma',
  summary: 'independent gamma-distributed gaps of a given CV',
  options: { ...rateOrLoad(), cv: cvOption() },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  expected: ({ rate }, horizon) => steady(rate, horizon),
  make({ rate, cv }, random) {
    const shape = 1 / (cv * cv);
    return renewal(randomGamma.source(random)(shape, 1 / (perMicro(rate) * shape)));
  },
};
