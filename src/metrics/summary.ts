/**
 * A run's summary: the value of every metric, nested at the dots of its name (`all.latency.p95`,
 * `classes.high.sla.attainment`, `engine.utilization`). What there is follows from the one list of metrics.
 *
 * Times are in microseconds (they may be fractional: a mean, a TPOT), shares are 0 to 1, rates are per second;
 * null means "not defined": no sample, or too few for a percentile.
 */
import type { METRICS } from './index.ts';
import type { ValuesOf } from './values.ts';

type Listed = (typeof METRICS)[number];

/** One group of requests: all, a class, or a tenant. */
export type GroupSummary = ValuesOf<Extract<Listed, { scope: 'group' }>>;

/** What is said once of a run. */
export type RunFigures = ValuesOf<Extract<Listed, { scope: 'run' }>>;

export interface RunSummary extends RunFigures {
  readonly all: GroupSummary;
  readonly classes: Readonly<Record<string, GroupSummary>>;
  readonly tenants: Readonly<Record<string, GroupSummary>>;
}
