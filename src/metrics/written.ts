/** Figures as the result files write them, and therefore as the gate compares them. */
import { toSeconds } from '../core/time.ts';
import type { Figure, MetricUnit } from './metric.ts';

/**
 * A figure in the unit of its metric (times: microseconds) as it is written: times in seconds with six decimals,
 * whole numbers as they are, all else with nine significant digits: more than any sample supports, and the same on
 * every machine. Null when it is not defined.
 */
export function written(value: Figure, unit: MetricUnit): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  if (unit === 'time') return toSeconds(value);
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}
