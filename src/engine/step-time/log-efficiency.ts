/**
 * The notebook's curve: a step gets shorter as the batch grows, down to a floor.
 *
 * tokenTime x max(floor, 1 - slope x ln(batch)).
 */
import * as v from 'valibot';
import { number, positiveDuration, share } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import type { StepTime, StepTimeDefinition } from './step-time.ts';

interface Options {
  readonly tokenTime: Micros;
  readonly slope: number;
  readonly floor: number;
}

export const logEfficiency: StepTimeDefinition<Options> = {
  name: 'log-efficiency',
  summary: 'tokenTime x max(floor, 1 - slope x ln(batch)): the seed model',
  options: {
    tokenTime: v.optional(positiveDuration('time of a step with one request'), '50ms'),
    slope: v.optional(number('how fast the step gets shorter with ln(batch)', 0), 0.1),
    floor: v.optional(share('the least factor'), 0.5),
  },
  make({ tokenTime, slope, floor }): StepTime {
    // By batch size: a logarithm in every step would be felt.
    const durations: Micros[] = [0];
    return {
      usesContext: false,
      duration(sequences) {
        for (let n = durations.length; n <= sequences; n++) {
          durations.push(Math.max(1, Math.round(tokenTime * Math.max(floor, 1 - slope * Math.log(n)))));
        }
        return durations[sequences]!;
      },
    };
  },
};
