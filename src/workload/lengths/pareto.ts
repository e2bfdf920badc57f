/** Pareto lengths: a power-law tail. P(X > x) = (scale/x)^shape from scale on; the mean is scale·shape/(shape - 1). */
import * as v from 'valibot';
import { randomPareto } from 'd3-random';
import { positive } from '../../core/options.ts';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds, meanOption } from './length.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly mean?: number;
  readonly scale?: number;
  readonly shape: number;
}

export const pareto: LengthDefinition<Options> = {
  name: 'pareto',
  summary: 'a power-law tail, of a given mean or scale',
  options: {
    mean: v.optional(meanOption()),
    scale: v.optional(meanOption('least tokens of the distribution, instead of mean')),
    shape: positive('exponent of the tail; smaller is heavier, and up to 1 there is no mean', 1000),
    ...boundOptions,
  },
  check(options) {
    const { mean, scale, shape } = options;
    if ((mean === undefined) === (scale === undefined)) return 'needs either mean or scale';
    if (mean !== undefined && shape <= 1) return `has no mean with shape ${shape}: shape must be above 1, or give scale`;
    return checkBounds(options);
  },
  make({ mean, shape, scale = mean! * (1 - 1 / shape), ...bounds }, random) {
    const draw = randomPareto.source(random)(shape);
    return wholeTokens(() => scale * draw(), bounds);
  },
};
