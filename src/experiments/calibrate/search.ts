/**
 * The search: Levenberg and Marquardt's least squares from several starts, by ml-levenberg-marquardt. The
 * differences it takes for slopes are per cents wide on purpose: a replay changes in small jumps when two
 * steps swap, and a wide difference sees the slope and not the jump. Nothing in it is random.
 */
import type { Vector } from './parameters.ts';

export interface SearchPlan {
  readonly starts: readonly Vector[];
  readonly lower: Vector;
  readonly upper: Vector;
  /** Half the width of a difference, per parameter. */
  readonly steps: Vector;
  readonly iterations: number;
}

/** Damping of the first step, for residuals of a few per cent: between a gradient step and Gauss and Newton's. */
const DAMPING = 0.01;

/**
 * Walks from every start. What is best is for `residuals` to remember: it sees every point that is tried.
 *
 * @param residuals of a point; always as many, all finite
 */
export async function search({ starts, lower, upper, steps, iterations }: SearchPlan, residuals: (vector: Vector) => Float64Array): Promise<void> {
  const { levenbergMarquardt } = await import('ml-levenberg-marquardt');
  for (const start of starts) {
    const { length } = residuals(start);
    const x = Float64Array.from({ length }, (_, i) => i);
    try {
      levenbergMarquardt({ x, y: new Float64Array(length) }, (vector) => {
        const values = residuals(vector);
        return (i) => values[i]!;
      }, {
        initialValues: start, minValues: lower, maxValues: upper,
        gradientDifference: steps, centralDifference: true, maxIterations: iterations, damping: DAMPING, errorTolerance: 1e-12,
      });
    } catch (error) {
      // Where no parameter makes a difference there is no way to walk: what was tried so far is remembered.
      if (!(error instanceof Error && error.message === SINGULAR)) throw error;
    }
  }
}

/** What the matrices below the search say when their equations do not decide. */
const SINGULAR = 'LU matrix is singular';
