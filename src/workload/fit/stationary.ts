/** Whether something goes on as it began: means of stretches that differ by no more than chance would have it. */
import { moments } from '../../core/statistics.ts';

/** Variance of the values over what it would be by chance: about 1, where nothing drifts. */
export function excess(values: Float64Array, varianceByChance: number): number {
  const { squares, count } = moments(values, values.length);
  return varianceByChance > 0 ? squares / Math.max(1, count - 1) / varianceByChance : 0;
}

/** Whether an excess over so many stretches is more than three standard deviations of chance (of a chi-square) allow. */
export function drifts(excessVariance: number, stretches: number): boolean {
  return excessVariance > 1 + 3 * Math.sqrt(2 / Math.max(1, stretches - 1));
}
