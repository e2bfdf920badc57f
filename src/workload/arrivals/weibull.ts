/** Weibull-distributed gaps: like gamma, with a heavier tail where the CV is above 1. */
import { randomWeibull } from 'd3-random';
import { logGamma } from '../../core/log-gamma.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { atRate, checkOneOf, cvOption, perMicro, rateOf, rateOrLoad, renewal, steady } from './arrival.ts';

interface Options {
  readonly rate: number;
  readonly cv: number;
}

export const weibull: ArrivalDefinition<Options> = {
  name: 'weibull',
  summary: 'independent Weibull-distributed gaps of a given CV',
  options: { ...rateOrLoad(), cv: cvOption() },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  expected: ({ rate }, horizon) => steady(rate, horizon),
  make({ rate, cv }, random) {
    const shape = weibullShape(cv);
    const scale = 1 / (perMicro(rate) * Math.exp(logGamma(1 + 1 / shape)));
    return renewal(randomWeibull.source(random)(shape, 0, scale));
  },
};

/**
 * The shape k of the Weibull distribution with a given CV: 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², which falls as
 * k grows, so that halving the bracket (in the logarithm of k) finds it. The bracket holds CVs of 0.007 to 10^5.
 */
export function weibullShape(cv: number): number {
  const target = Math.log1p(cv * cv);
  let low = Math.log(0.05);
  let high = Math.log(200);
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.exp(middle);
    const k = Math.exp(middle);
    if (logGamma(1 + 2 / k) - 2 * logGamma(1 + 1 / k) > target) low = middle;
    else high = middle;
  }
}
