/**
 * What a real server adds to its step times: no step takes as long as the same step before, and no run is as fast
 * as the last. Two measured runs of one server differ by about 4 % a step and 0.5 % a run.
 *
 * Both are independent lognormal factors of mean 1, one for each step and one for the whole run, from random
 * streams of their own: all policies of a replication meet the same ones, step by step, and a run without noise is
 * what it was.
 */
import { randomLogNormal } from 'd3-random';
import * as v from 'valibot';
import { orPercent, number } from '../../core/options.ts';
import { randomStream } from '../../core/random.ts';
import type { StepTime } from './step-time.ts';

/** Coefficients of variation, 0 to 1. */
export interface Noise {
  readonly step: number;
  readonly run: number;
}

const cv = (description: string) => v.optional(orPercent(number(description, 0, 1)), 0);

export const noiseSchema = v.strictObject({
  step: cv('coefficient of variation of the factor that each step has to itself'),
  run: cv('coefficient of variation of the factor that all steps of a run share'),
});

export function isNoisy(noise: Noise | undefined): noise is Noise {
  return noise !== undefined && (noise.step > 0 || noise.run > 0);
}

/**
 * The model with noise on every step it is asked for; itself where there is none.
 *
 * Each call draws: the engine asks once for every step, as no two are alike and none may be skipped, and a run has
 * a model of its own.
 */
export function withNoise(model: StepTime, noise: Noise | undefined, seed: string): StepTime {
  if (!isNoisy(noise)) return model;
  const ofRun = factors(noise.run, seed, 'run')();
  const ofStep = factors(noise.step, seed, 'step');
  return {
    usesContext: true,
    withoutNoise: model,
    duration(sequences, prefill, decode, context) {
      const plain = model.duration(sequences, prefill, decode, context);
      return plain === 0 ? 0 : Math.max(1, Math.round(plain * ofRun * ofStep()));
    },
  };
}

/** Lognormal with mean 1: of the normal below it, the variance is ln(1 + cv²) and the mean minus half of that. */
function factors(cv: number, seed: string, what: string): () => number {
  if (cv === 0) return () => 1;
  const variance = Math.log1p(cv * cv);
  return randomLogNormal.source(randomStream(seed, 'noise', what))(-variance / 2, Math.sqrt(variance));
}
