/** The one list of length distributions. */
import { constant } from './constant.ts';
import { drifting } from './drifting.ts';
import { empirical } from './empirical.ts';
import { exponential } from './exponential.ts';
import { geometric } from './geometric.ts';
import type { LengthDefinition } from './length.ts';
import { lognormal } from './lognormal.ts';
import { mixtureOf } from './mixture.ts';
import { normal } from './normal.ts';
import { pareto } from './pareto.ts';
import { uniform } from './uniform.ts';
import { zipf } from './zipf.ts';

const SINGLE: readonly LengthDefinition<never>[] = [
  constant, uniform, geometric, exponential, lognormal, normal, pareto, zipf, empirical, drifting,
];

export const LENGTHS: readonly LengthDefinition<never>[] = [...SINGLE, mixtureOf(SINGLE)];
