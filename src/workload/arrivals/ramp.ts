/**
 * A load test: the rate goes in a straight line from one value to another, then stays there.
 *
 * A Poisson process whose rate changes, by inversion: unit-rate arrivals are mapped through the inverse of
 * the expected count, Λ(t) = from·t + (to - from)·t²/(2·over) (Lewis and Shedler 1979).
 */
import { randomExponential } from 'd3-random';
import { number, positiveDuration } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import { MAX_RATE } from '../limits.ts';
import type { ArrivalDefinition } from './arrival.ts';
import { loadOption, perMicro, renewal } from './arrival.ts';

interface Options {
  readonly from: number;
  readonly to: number;
  readonly over: Micros;
}

export const ramp: ArrivalDefinition<Options> = {
  name: 'ramp',
  summary: 'Poisson, the rate going in a straight line from one value to another, then staying there',
  options: {
    from: number('requests per second at the start', 0, MAX_RATE),
    to: number('requests per second at the end, and from then on', 0, MAX_RATE),
    load: loadOption('from and to then only say in which proportion; what the engine is asked for, as a share of what it can take of this source; 0.8 or 80%'),
    over: positiveDuration('time from the first rate to the last'),
  },
  check: ({ from, to }) => (from === 0 && to === 0 ? 'from and to are both 0: no request would ever come' : undefined),
  atPace: ({ from, to, over }, pace) => ({ from: from * pace, to: to * pace, over }),
  pace: () => 1,
  expected({ from, to, over }, horizon) {
    const time = Math.min(horizon, over);
    return perMicro(from * time + ((to - from) * time * time) / (2 * over) + to * (horizon - time));
  },
  make({ from, to, over }, random) {
    const start = perMicro(from);
    const end = perMicro(to);
    const slope = (end - start) / over;
    const total = ((start + end) / 2) * over;
    const next = renewal(randomExponential.source(random)(1));
    return () => {
      const count = next();
      if (count >= total) return end === 0 ? Infinity : over + (count - total) / end;
      // The root of Λ(t) = count, in the form that loses no digits where start or slope is 0.
      const root = start + Math.sqrt(Math.max(0, start * start + 2 * slope * count));
      return root === 0 ? 0 : Math.min(over, (2 * count) / root);
    };
  },
};
