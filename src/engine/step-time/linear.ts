/**
 * A step as a linear function of what is in it: the model that calibration fits.
 *
 * base + perSequence x scheduled requests + perToken x scheduled tokens + perPrefillToken x prefill tokens
 *      + perDecodeToken x decode tokens + perContextToken x context tokens.
 */
import * as v from 'valibot';
import { coefficient } from '../../core/options.ts';
import type { StepTime, StepTimeDefinition } from './step-time.ts';

/** All in microseconds, fractions kept. */
export interface LinearCoefficients {
  readonly base: number;
  readonly perSequence: number;
  readonly perToken: number;
  readonly perPrefillToken: number;
  readonly perDecodeToken: number;
  readonly perContextToken: number;
}

const zero = (description: string) => v.optional(coefficient(description), '0us');

export const linear: StepTimeDefinition<LinearCoefficients> = {
  name: 'linear',
  summary: 'base + a coefficient for each request, token, prefill token, decode token and context token',
  options: {
    base: zero('time of any step'),
    perSequence: zero('time per scheduled request'),
    perToken: zero('time per scheduled token'),
    perPrefillToken: zero('time per scheduled prefill token'),
    perDecodeToken: zero('time per scheduled decode token'),
    perContextToken: zero('time per token of context that the scheduled requests attend to'),
  },
  make(coefficients): StepTime {
    const { base, perSequence, perContextToken } = coefficients;
    const perPrefill = coefficients.perToken + coefficients.perPrefillToken;
    const perDecode = coefficients.perToken + coefficients.perDecodeToken;
    return {
      usesContext: perContextToken !== 0,
      duration: (sequences, prefill, decode, context) =>
        sequences === 0
          ? 0
          : Math.round(base + perSequence * sequences + perPrefill * prefill + perDecode * decode + perContextToken * context),
    };
  },
};
