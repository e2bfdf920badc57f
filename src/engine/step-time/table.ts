/** Step time measured at some batch sizes, linear between them and constant beyond the ends. */
import * as v from 'valibot';
import { positiveDuration } from '../../core/options.ts';
import type { Micros } from '../../core/time.ts';
import type { StepTime, StepTimeDefinition } from './step-time.ts';

interface Options {
  readonly points: Readonly<Record<string, Micros>>;
}

const BATCH = /^[1-9]\d{0,8}$/;

export const table: StepTimeDefinition<Options> = {
  name: 'table',
  summary: 'batch size -> time, linear between the points',
  options: {
    points: v.pipe(
      v.record(v.pipe(v.string(), v.regex(BATCH, 'must be a batch size: a whole number from 1')), positiveDuration('time of a step with this batch')),
      v.minEntries(1, 'needs at least one point, such as 1: 20ms'),
      v.description('batch size -> time of a step'),
    ),
  },
  make({ points }): StepTime {
    const sorted = Object.entries(points).map(([batch, time]) => [Number(batch), time] as const).sort((a, b) => a[0] - b[0]);
    const cache: Micros[] = [0];
    const interpolate = (batch: number): Micros => {
      const above = sorted.findIndex(([at]) => at >= batch);
      if (above <= 0) return sorted[above < 0 ? sorted.length - 1 : 0]![1];
      const [x0, y0] = sorted[above - 1]!;
      const [x1, y1] = sorted[above]!;
      return Math.round(y0 + ((y1 - y0) * (batch - x0)) / (x1 - x0));
    };
    return {
      usesContext: false,
      duration: (sequences) => {
        for (let batch = cache.length; batch <= sequences; batch++) cache.push(interpolate(batch));
        return cache[sequences]!;
      },
    };
  },
};
