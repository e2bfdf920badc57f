/**
 * Moments, Jain's index and the max-min fair share: the arithmetic behind the summaries.
 */

/** Count, extremes, mean, and the sum of squared deviations from the mean. */
export interface Moments {
  readonly count: number;
  /** NaN without values. */
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

/** Partial sums of this many values keep the rounding error of ten million additions small. */
const BLOCK = 4096;

/**
 * Moments of the first `count` values, in two passes: the mean first, then the deviations from it, so that a
 * small spread around a large mean keeps its digits.
 */
export function moments(values: Float64Array, count: number): Moments {
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count);
    let part = 0;
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      part += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    sum += part;
  }
  const mean = within(sum / count, min, max);
  let squares = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count);
    let part = 0;
    for (let i = from; i < to; i++) {
      const deviation = values[i]! - mean;
      part += deviation * deviation;
    }
    squares += part;
  }
  return { count, mean, squares, min, max };
}

/** Moments of a sample in which `values[i]` was seen `counts[i]` times. */
export function countedMoments(values: Float64Array, counts: Float64Array): Moments {
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    count += counts[i]!;
    sum += counts[i]! * values[i]!;
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  const mean = within(sum / count, min, max);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - mean;
    squares += counts[i]! * deviation * deviation;
  }
  return { count, mean, squares: count === 0 ? 0 : squares, min, max };
}

/** Moments of several samples taken together (Chan, Golub and LeVeque 1979). */
export function mergeMoments(parts: readonly Moments[]): Moments {
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const part of parts) {
    if (part.count === 0) continue;
    count += part.count;
    sum += part.count * part.mean;
    min = Math.min(min, part.min);
    max = Math.max(max, part.max);
  }
  const mean = within(sum / count, min, max);
  let squares = 0;
  for (const part of parts) {
    if (part.count > 0) squares += part.squares + part.count * (part.mean - mean) ** 2;
  }
  return { count, mean, squares, min, max };
}

/**
 * Population standard deviation (divisor n, NaN without values): it describes exactly these values, as vLLM's
 * benchmark does, and estimates nothing. Across replications use the sample's, sqrt(n / (n - 1)) times this.
 */
export function stddev({ squares, count }: Moments): number {
  return Math.sqrt(squares / count);
}

/**
 * Jain's fairness index (sum x)^2 / (K sum x^2) of K non-negative values: 1 when all are equal, 1/K when one
 * has everything (Jain, Chiu and Hawe 1984, DEC TR-301). Null when no value is positive.
 */
export function jainIndex(values: readonly number[]): number | null {
  const largest = values.reduce((max, value) => Math.max(max, value), 0);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    // Scaled, so that equal values give exactly 1.
    const share = value / largest;
    sum += share;
    squares += share * share;
  }
  return squares > 0 ? (sum * sum) / (values.length * squares) : null;
}

/**
 * Weighted max-min fair division (water-filling): nobody gets more than it demands, and what the modest
 * leave is divided among the others in proportion to their weights. A demand may be Infinity.
 *
 * @returns one share per demand; they sum to the capacity, or to the demands where those are less
 */
export function maxMinShares(capacity: number, demands: readonly number[], weights: readonly number[]): number[] {
  const shares = demands.map(() => 0);
  const order = demands
    .map((demand, i) => ({ i, level: demand / weights[i]! }))
    .filter(({ i }) => weights[i]! > 0 && demands[i]! > 0)
    .sort((a, b) => (a.level === b.level ? a.i - b.i : a.level - b.level));
  // Summed from the back: subtracting from the front would leave rounding dust as the last one's divisor.
  const weightFrom = new Float64Array(order.length + 1);
  for (let k = order.length - 1; k >= 0; k--) weightFrom[k] = weightFrom[k + 1]! + weights[order[k]!.i]!;
  let left = capacity;
  order.forEach(({ i }, k) => {
    shares[i] = Math.min(demands[i]!, (left * weights[i]!) / weightFrom[k]!);
    left -= shares[i]!;
  });
  return shares;
}

/** Rounding may put a mean just outside its values. */
function within(mean: number, min: number, max: number): number {
  if (mean < min) return min;
  return mean > max ? max : mean;
}
