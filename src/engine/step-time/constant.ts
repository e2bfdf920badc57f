/** Every step takes the same time, whatever is in it. */
import { positiveDuration } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import type { StepTime, StepTimeDefinition } from './step-time.ts';

interface Options {
  readonly tokenTime: Micros;
}

export const constant: StepTimeDefinition<Options> = {
  name: 'constant',
  summary: 'every step takes tokenTime',
  options: { tokenTime: positiveDuration('time of a step') },
  make: ({ tokenTime }): StepTime => ({
    usesContext: false,
    duration: (sequences) => (sequences === 0 ? 0 : tokenTime),
  }),
};
