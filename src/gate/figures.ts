/** The figures of a run that a baseline keeps. */
import { metricPaths } from '../metrics/paths.ts';
import type { Figure } from './resolve.ts';
import type { JudgedRun } from './subject.ts';

/** With more tenants than this, only the digest speaks for the single ones: a review of a million lines is none. */
const MOST_TENANTS = 100;

/** Every figure of a run, in the order of the results; those of single tenants only while they are few. */
export function figuresOf({ scheduler, summary }: JudgedRun): Figure[] {
  const withTenants = Object.keys(summary.tenants).length <= MOST_TENANTS;
  return metricPaths(summary)
    .filter(({ group }) => withTenants || typeof group !== 'object' || !('tenant' in group))
    .map(({ group, metric, stat }) => ({ scheduler, group, metric, ...(stat === undefined ? {} : { stat }) }));
}
