/**
 * How far a replay is from the run, as a vector of residuals whose squares are summed.
 *
 * Each request counts with its latency and its first token, both relative to its measured latency: in a
 * queue the first token is most of it, and where it is not, its error says little. Beyond a few per cent an
 * error counts in proportion, not squared (Huber 1964): near the capacity of the KV cache the order of two
 * requests may flip, and one that was swapped must not steer the fit. The mean and the percentiles that the
 * fit will be judged on count as well, as much together as all requests.
 */
import type { Outcomes } from '../../engine/outcomes.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { compare, COMPARED_STATISTICS } from './errors.ts';

/** Relative error from which it counts in proportion. */
const HUBER = 0.05;
const FIRST_TOKEN_WEIGHT = 0.7;
const QUANTILE_WEIGHTS = { latency: 1, ttft: 0.5 } as const;

/** Residuals of the first `count` requests; their mean square is near 1e-4 when times are met to one per cent. */
export function residualsOf(requests: MeasuredRequests, outcomes: Outcomes, count: number): Float64Array {
  const { arrival, firstToken, finish } = requests;
  const judged = Object.entries(QUANTILE_WEIGHTS) as ['latency' | 'ttft', number][];
  const residuals = new Float64Array(2 * count + judged.length * COMPARED_STATISTICS.length);
  // So that the squares of all residuals, over their number of requests, are a mean square.
  const scale = 1 / Math.sqrt(count);
  for (let i = 0; i < count; i++) {
    const latency = finish[i]! - arrival[i]! || 1;
    residuals[2 * i] = scale * robust((outcomes.finish[i]! - finish[i]!) / latency);
    residuals[2 * i + 1] = scale * FIRST_TOKEN_WEIGHT * robust((outcomes.firstToken[i]! - firstToken[i]!) / latency);
  }
  const errors = compare(requests, outcomes, count);
  let at = 2 * count;
  for (const [metric, weight] of judged) {
    for (const statistic of COMPARED_STATISTICS) {
      const { error } = errors[metric][statistic];
      residuals[at++] = error === null ? 0 : (weight / Math.sqrt(COMPARED_STATISTICS.length)) * robust(error);
    }
  }
  return residuals;
}

export function sumOfSquares(residuals: Float64Array): number {
  return residuals.reduce((sum, residual) => sum + residual * residual, 0);
}

/** Its square is Huber's loss, twice. A request that was never served counts as if it were late by a multiple. */
function robust(error: number): number {
  const size = Number.isNaN(error) ? 10 : Math.abs(error);
  const sign = error < 0 ? -1 : 1;
  return sign * (size <= HUBER ? size : Math.sqrt(2 * HUBER * size - HUBER * HUBER));
}
