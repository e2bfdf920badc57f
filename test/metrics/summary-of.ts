/** Summaries written down by hand: whatever is not given is as in a run of nothing, so that no test lists all metrics. */
import { summarize } from '../../src/metrics/summarize.ts';
import type { GroupSummary, RunSummary } from '../../src/metrics/summary.ts';
import { runOf } from './run-of.ts';

/** Some of a summary. */
export type Some<Values> = { readonly [Key in keyof Values]?: Values[Key] extends number | null ? Values[Key] : Some<Values[Key]> };

const { table, outcomes } = runOf([], { classes: [] });
const NOTHING = summarize(table, outcomes, () => 0);

export function groupSummaryOf(given: Some<GroupSummary>): GroupSummary {
  return over(NOTHING.all, given);
}

export function runSummaryOf(given: Some<Omit<RunSummary, 'all' | 'classes' | 'tenants'>> & Partial<Pick<RunSummary, 'all' | 'classes' | 'tenants'>>): RunSummary {
  return over(NOTHING, given);
}

/** Values with others in the place of some of them. */
export function over<Values>(values: Values, given: Some<Values>): Values {
  if (!isMap(values) || !isMap(given)) return given as Values;
  const entries = Object.entries(given).map(([key, value]) => [key, Object.hasOwn(values, key) ? over(values[key], value as Some<unknown>) : value]);
  return { ...values, ...Object.fromEntries(entries) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
