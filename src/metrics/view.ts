/** A run as the metrics see it: its requests, what became of them, and the groups that they fall into. */
import type { Micros } from '../core/time.ts';
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { type Grouping, byClass, byTenant } from './grouping.ts';
import { makespanOf } from './makespan.ts';
import { type Sums, sumsOf } from './sums.ts';
import { mergeTallies, type Tally, tallyGroups } from './tally.ts';

/** What a request would take alone on the empty engine: (prompt tokens, output tokens) to microseconds. */
export type AloneLatency = (promptTokens: number, outputTokens: number) => Micros;

/** A value for all requests, for each class in the order of the scenario, and for each tenant in order of first mention. */
export interface Grouped<Value> {
  readonly all: Value;
  readonly classes: readonly Value[];
  readonly tenants: readonly Value[];
}

/** One group of requests: all, a class, or a tenant. */
export interface GroupView extends Tally {
  /** Of the whole run: rates of every group are per second of it. */
  readonly makespan: Micros;
  readonly outcomes: Outcomes;
  /** The sum of a column over the requests of the group. */
  sum(column: Uint32Array | Float64Array): number;
}

/** The values of a group by metric, nested at the dots of its name: `slowdown: { mean }`, `sla: { met }`. */
export type MetricValues = Readonly<Record<string, unknown>>;

export interface RunView {
  readonly table: RequestTable;
  readonly outcomes: Outcomes;
  /** First arrival to last finish, microseconds. */
  readonly makespan: Micros;
  /** What a request would take alone on the empty engine, by its index, in microseconds. */
  aloneOf(request: number): Micros;
  /** Percentiles to keep of every distribution, ascending. */
  readonly percentiles: readonly number[];
  /** Of the server, currency per hour; undefined where nobody gave one. */
  readonly price: number | undefined;
  readonly byClass: Grouping;
  /** Null when the scenario names no tenants. */
  readonly byTenant: Grouping | null;
  readonly groups: Grouped<GroupView>;
}

/** A run once the metrics of its groups are computed, for those of the run. */
export interface WholeRun extends RunView {
  readonly values: Grouped<MetricValues>;
}

export function viewOf(table: RequestTable, outcomes: Outcomes, alone: AloneLatency, percentiles: readonly number[], price?: number): RunView {
  const makespan = makespanOf(table, outcomes);
  const classes = byClass(table);
  const tenants = byTenant(table);
  const viewsOf = (grouping: Grouping): GroupView[] => {
    const sums = sumsOf(grouping);
    return tallyGroups(table, outcomes, grouping).map((tally, group) => viewOfGroup(tally, sums, group));
  };
  const viewOfGroup = (tally: Tally, sums: Sums, group: number): GroupView =>
    ({ ...tally, makespan, outcomes, sum: (column) => sums(column)[group]! });
  const ofClasses = viewsOf(classes);
  const all: GroupView = {
    ...mergeTallies(ofClasses), makespan, outcomes,
    sum: (column) => ofClasses.reduce((total, group) => total + group.sum(column), 0),
  };
  const aloneOf = tenants ? askOnce(table, outcomes, alone) : ask(table, outcomes, alone);
  return {
    table, outcomes, makespan, aloneOf, percentiles, price, byClass: classes, byTenant: tenants,
    groups: { all, classes: ofClasses, tenants: tenants ? viewsOf(tenants) : [] },
  };
}

type AloneOf = RunView['aloneOf'];

function ask({ promptTokens }: RequestTable, { outputTokens }: Outcomes, alone: AloneLatency): AloneOf {
  return (request) => alone(promptTokens[request]!, outputTokens[request]!);
}

/** Where requests are looked at by class and again by tenant, the answers are kept. */
function askOnce(table: RequestTable, outcomes: Outcomes, alone: AloneLatency): AloneOf {
  const answers = new Float64Array(table.count).fill(NaN);
  const answer = ask(table, outcomes, alone);
  return (request) => {
    const known = answers[request]!;
    return known === known ? known : (answers[request] = answer(request));
  };
}

/** An amount per second of the makespan; null when nothing took any time. */
export function perSecond({ makespan }: GroupView, amount: number): number | null {
  return makespan > 0 ? amount / (makespan / 1e6) : null;
}
