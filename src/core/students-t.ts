/**
 * Student's t: how far the mean of a few independent replications may be from what many would come to.
 *
 * It assumes that the replications are independent, and their mean roughly normal. The distribution is jstat's.
 */
import jstat from 'jstat';

const { studentt } = jstat.jStat;

/** A mean over replications, and how sure it is. */
export interface Estimate {
  readonly mean: number;
  /** Half the confidence interval of the mean; null where fewer than two values say nothing about their spread. */
  readonly halfWidth: number | null;
  /** Values that are defined. */
  readonly n: number;
}

/** The mean of paired differences, and how likely one so far from 0 is where there is no difference. */
export interface PairedEstimate extends Estimate {
  /** Two-sided p-value of the paired t-test; null where fewer than two pairs say nothing. */
  readonly p: number | null;
}

/** The two-sided quantile: with probability `confidence`, |t| is at most this. */
export function tQuantile(confidence: number, degreesOfFreedom: number): number {
  return studentt.inv((1 + confidence) / 2, degreesOfFreedom);
}

/**
 * The mean of independent values and its confidence interval.
 *
 * @param confidence 0 to 1
 * @returns null when there is no value
 */
export function estimate(values: readonly number[], confidence: number): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const { mean, deviation } = spread(values);
  if (n === 1) return { mean, halfWidth: null, n };
  return { mean, halfWidth: deviation === 0 ? 0 : tQuantile(confidence, n - 1) * (deviation / Math.sqrt(n)), n };
}

/** The same of differences within pairs, and whether they are more than chance. */
export function pairedEstimate(differences: readonly number[], confidence: number): PairedEstimate | null {
  const found = estimate(differences, confidence);
  return found && { ...found, p: pOf(differences) };
}

function pOf(differences: readonly number[]): number | null {
  const n = differences.length;
  if (n < 2) return null;
  const { mean, deviation } = spread(differences);
  if (mean === 0) return 1;
  if (deviation === 0) return 0;
  return Math.min(1, 2 * studentt.cdf(-Math.abs(mean) / (deviation / Math.sqrt(n)), n - 1));
}

/** Mean and sample standard deviation (divisor n - 1). Equal values have exactly their mean and no spread. */
function spread(values: readonly number[]): { mean: number; deviation: number } {
  const [first] = values;
  if (values.every((value) => value === first)) return { mean: first!, deviation: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
