/** From the requests and what became of them to the summary of a run: for all, by class and by tenant. */
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { METRICS } from './index.ts';
import { withPercentiles } from './percentiles.ts';
import type { GroupSummary, RunSummary } from './summary.ts';
import { ValueTree } from './values.ts';
import { type AloneLatency, viewOf } from './view.ts';

export interface SummaryOptions {
  /** Percentiles to keep of every distribution beside those that are always kept: 75, 99.9. */
  readonly percentiles?: readonly number[] | undefined;
  /** Of the server, currency per hour: with it there are cost metrics. */
  readonly price?: number | undefined;
}

/**
 * Summarises one run.
 *
 * @param alone latency of a request alone on the empty engine, microseconds; asked once per completed request
 */
export function summarize(table: RequestTable, outcomes: Outcomes, alone: AloneLatency, { percentiles = [], price }: SummaryOptions = {}): RunSummary {
  const view = viewOf(table, outcomes, alone, withPercentiles(percentiles), price);
  const all = new ValueTree();
  const classes = view.groups.classes.map(() => new ValueTree());
  const tenants = view.groups.tenants.map(() => new ValueTree());
  for (const metric of METRICS) {
    if (metric.scope !== 'group') continue;
    const found = metric.compute(view);
    all.set(metric.name, found.all);
    found.classes.forEach((value, group) => classes[group]!.set(metric.name, value));
    found.tenants.forEach((value, group) => tenants[group]!.set(metric.name, value));
  }
  const valuesOf = (trees: readonly ValueTree[]) => trees.map(({ values }) => values);
  const whole = { ...view, values: { all: all.values, classes: valuesOf(classes), tenants: valuesOf(tenants) } };
  const run = new ValueTree();
  for (const metric of METRICS) {
    if (metric.scope !== 'run') continue;
    const value = metric.compute(whole);
    if (value !== undefined) run.set(metric.name, value);
  }

  const named = (names: readonly string[], values: readonly unknown[]) =>
    Object.fromEntries(names.map((name, group) => [name, values[group] as GroupSummary]));
  return {
    ...(run.values as unknown as Omit<RunSummary, 'all' | 'classes' | 'tenants'>),
    all: all.values as unknown as GroupSummary,
    classes: named(view.byClass.names, whole.values.classes),
    tenants: named(view.byTenant?.names ?? [], whole.values.tenants),
  };
}
