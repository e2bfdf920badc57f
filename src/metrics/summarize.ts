/** From the requests and what became of them to the summary of a run: for all, by class and by tenant. */
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { countedDistribution } from './distribution.ts';
import { fairnessSummary } from './fairness.ts';
import { pool } from './gaps.ts';
import { groupSummary } from './group.ts';
import { byClass, byTenant, type Grouping } from './grouping.ts';
import { countShedReasons, engineSummary, makespanOf } from './load.ts';
import { type AloneLatency, sampleGroups } from './sampled.ts';
import { markOf } from './sla.ts';
import type { Distribution, GroupSummary, RunSummary } from './summary.ts';
import { mergeTallies, tallyGroups } from './tally.ts';

/**
 * Summarises one run.
 *
 * @param alone latency of a request alone on the empty engine, microseconds; asked once per completed request
 */
export function summarize(table: RequestTable, outcomes: Outcomes, alone: AloneLatency): RunSummary {
  const classes = byClass(table);
  const tenants = byTenant(table);
  const sampled = sampleGroups(table, outcomes, alone, classes, tenants);
  const itl = itlOf(outcomes, classes, tenants);
  const mark = markOf(table, outcomes);
  const makespan = makespanOf(table, outcomes);
  const classTallies = tallyGroups(table, outcomes, mark, classes);
  const tenantTallies = tenants ? tallyGroups(table, outcomes, mark, tenants) : [];
  const named = (names: readonly string[], summaryOf: (group: number) => GroupSummary) =>
    Object.fromEntries(names.map((name, group) => [name, summaryOf(group)]));

  const byClassName = named(classes.names, (group) =>
    groupSummary(classTallies[group]!, sampled.classes[group]!, itl.classes[group]!, makespan));
  const byTenantName = named(tenants?.names ?? [], (group) =>
    groupSummary(tenantTallies[group]!, sampled.tenants[group]!, itl.tenants[group]!, makespan));
  return {
    makespan,
    steps: outcomes.steps,
    all: groupSummary(mergeTallies(classTallies), sampled.all, itl.all, makespan),
    classes: byClassName,
    tenants: byTenantName,
    fairness: fairnessSummary(outcomes, table.classes, byClassName, byTenantName),
    engine: engineSummary(table, outcomes, makespan),
    shedReasons: countShedReasons(outcomes),
  };
}

/** Inter-token latency; null for the tenants when the engine did not keep them apart. */
function itlOf(outcomes: Outcomes, classes: Grouping, tenants: Grouping | null): {
  all: Distribution; classes: Distribution[]; tenants: (Distribution | null)[];
} {
  const { gaps } = outcomes;
  const keptApart = gaps.every(({ tenant }) => tenant >= 0);
  return {
    all: countedDistribution(pool(gaps)),
    classes: classes.names.map((_, group) => countedDistribution(pool(gaps.filter((series) => series.class === group)))),
    tenants: (tenants?.names ?? []).map((_, group) =>
      (keptApart ? countedDistribution(pool(gaps.filter((series) => series.tenant === group))) : null)),
  };
}
