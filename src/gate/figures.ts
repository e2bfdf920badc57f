/** The figures of runs that a baseline keeps, and that a tolerance can therefore be about. */
import { metricPathsOf } from '../metrics/paths.ts';
import { valuesAt } from '../metrics/values.ts';
import type { GateNames } from './names.ts';
import type { Figure } from './resolve.ts';
import type { JudgedRun } from './subject.ts';

/** With more tenants than this, only the digest speaks for the single ones: a review of a million lines is none. */
const MOST_TENANTS = 100;

/** Every figure that a run has, in the order of the results; those of single tenants only while they are few. */
export function figuresOf({ scheduler, summary }: JudgedRun): Figure[] {
  const figures = keptFigures({ schedulers: [scheduler], classes: Object.keys(summary.classes), tenants: Object.keys(summary.tenants) });
  // A run without a price has no cost, which is more than that it is not defined.
  return figures.filter(({ group, metric }) => group !== 'run' || valuesAt(summary, metric.name) !== undefined);
}

/** The same of runs that are yet to be made. */
export function keptFigures({ schedulers, classes, tenants }: GateNames): Figure[] {
  const paths = metricPathsOf({ classes, tenants: tenants !== null && tenants.length <= MOST_TENANTS ? tenants : [] });
  return schedulers.flatMap((scheduler) => paths.map(({ group, metric, stat }) => ({ scheduler, group, metric, ...(stat === undefined ? {} : { stat }) })));
}
