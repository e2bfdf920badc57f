/**
 * Day and night: a Poisson process whose rate swings as a cosine around its mean, from the trough at the start.
 *
 * rate(t) = rate·(1 - a·cos(2πt/period)), a = (r - 1)/(r + 1) for a peak r times the trough; drawn by thinning a
 * process at the peak rate (Lewis and Shedler 1979).
 */
import { randomExponential } from 'd3-random';
import { number, positiveDuration } from '../../core/options.ts';
import { MAX_MICROS } from '../../core/time.ts';
import type { Micros } from '../../core/time.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { Rejections } from '../rejections.ts';
import { atRate, checkOneOf, perMicro, rateOf, rateOrLoad, renewal } from './arrival.ts';

interface Options {
  readonly rate: number;
  readonly peakToTrough: number;
  readonly period: Micros;
}

export const diurnal: ArrivalDefinition<Options> = {
  name: 'diurnal',
  summary: 'Poisson, the rate swinging as a cosine between trough (at the start) and peak',
  options: {
    ...rateOrLoad('mean requests per second over a period'),
    peakToTrough: number('peak rate as a multiple of the lowest', 1, 1e6),
    period: positiveDuration('time from trough to trough'),
  },
  check: checkOneOf('rate', 'load'),
  atPace: (options, rate) => atRate({ ...options }, rate),
  pace: rateOf,
  expected({ rate, peakToTrough, period }, horizon) {
    const swing = swingOf(peakToTrough);
    const angle = (2 * Math.PI * (horizon % period)) / period;
    return perMicro(rate) * (horizon - (swing * period * Math.sin(angle)) / (2 * Math.PI));
  },
  make({ rate, peakToTrough, period }, random) {
    const swing = swingOf(peakToTrough);
    const candidate = renewal(randomExponential.source(random)(perMicro(rate) * (1 + swing)));
    const rejections = new Rejections();
    return () => {
      for (;; rejections.rejected()) {
        const time = candidate();
        if (!(time <= MAX_MICROS)) return Infinity;
        const angle = (2 * Math.PI * (time % period)) / period;
        if (random() * (1 + swing) < 1 - swing * Math.cos(angle)) {
          rejections.kept();
          return time;
        }
      }
    };
  },
};

function swingOf(peakToTrough: number): number {
  return (peakToTrough - 1) / (peakToTrough + 1);
}
