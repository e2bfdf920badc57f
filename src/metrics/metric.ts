/** What a metric is: what it is called, in which unit, what it means, and how it is computed. `index.ts` lists all of them. */
import type { Grouped, GroupView, RunView, WholeRun } from './view.ts';

/** time: microseconds; share: 0 to 1; rate: per second; count: a number of things; ratio: of two equal units; cost: in the user's currency. */
export type MetricUnit = 'time' | 'share' | 'rate' | 'count' | 'ratio' | 'cost';

export type Direction = 'lower' | 'higher' | 'neither';

/** A number, or null where it is not defined: no sample, or too few. */
export type Figure = number | null;

/** What is said of a metric, whatever kind it is. */
export interface MetricFacts<Name extends string = string> {
  /** As in the summary, with dots: `latency`, `sla.attainment`, `engine.utilization`. */
  readonly name: Name;
  readonly unit: MetricUnit;
  readonly better: Direction;
  readonly summary: string;
  /**
   * Why it may be undefined: of a group, the end of "no request …", such as `has an SLA target`; of a run, a
   * sentence without its capital and its full stop.
   */
  readonly absent?: string;
}

export interface MetricDefinition<Name extends string = string> extends MetricFacts<Name> {
  /** group: for all requests, every class and every tenant. run: once per run. */
  readonly scope: 'group' | 'run';
  /** What may follow the name in a path; empty when the metric is a single number, or one per class. */
  readonly stats: readonly string[];
  /** Whether any percentile may follow it too: `p75`, `p99.9`. */
  readonly percentiles: boolean;
  /** What follows the name are names of the scenario, not fixed ones. */
  readonly keyedBy?: 'class';
}

/** A metric of every group of requests. */
export interface GroupMetric<Name extends string = string, Value = unknown> extends MetricDefinition<Name> {
  readonly scope: 'group';
  /** For all groups at once, so that it may go over the requests once. */
  compute(run: RunView): Grouped<Value>;
}

/** A metric of a whole run, computed after those of its groups. */
export interface RunMetric<Name extends string = string, Value = unknown> extends MetricDefinition<Name> {
  readonly scope: 'run';
  compute(run: WholeRun): Value;
}

export type Metric = GroupMetric | RunMetric;

/** A figure of a group. */
export function groupFigure<const Name extends string, Value extends Figure = Figure>(
  { of, ...facts }: MetricFacts<Name> & { of(group: GroupView): Value },
): GroupMetric<Name, Value> {
  return { ...facts, scope: 'group', stats: [], percentiles: false, compute: ({ groups }) => mapGroups(groups, of) };
}

/** A figure of a group for each of a fixed list of names. */
export function groupFigures<const Name extends string, const Stat extends string>(
  { of, ...facts }: MetricFacts<Name> & { readonly stats: readonly Stat[]; of(group: GroupView): Readonly<Record<Stat, Figure>> },
): GroupMetric<Name, Readonly<Record<Stat, Figure>>> {
  return { ...facts, scope: 'group', percentiles: false, compute: ({ groups }) => mapGroups(groups, of) };
}

/** A figure of the run; undefined where it has none to speak of, so that no result mentions it. */
export function runFigure<const Name extends string, Value extends Figure | undefined = Figure>(
  { of, ...facts }: MetricFacts<Name> & { of(run: WholeRun): Value },
): RunMetric<Name, Value> {
  return { ...facts, scope: 'run', stats: [], percentiles: false, compute: of };
}

/** A figure of the run for each of a fixed list of names. */
export function runFigures<const Name extends string, const Stat extends string, Value extends Figure = Figure>(
  { of, ...facts }: MetricFacts<Name> & { readonly stats: readonly Stat[]; of(run: WholeRun): Readonly<Record<Stat, Value>> },
): RunMetric<Name, Readonly<Record<Stat, Value>>> {
  return { ...facts, scope: 'run', percentiles: false, compute: of };
}

/** A figure of the run for each class. @param of gives them in the order of the classes */
export function figurePerClass<const Name extends string>(
  { of, ...facts }: MetricFacts<Name> & { of(run: WholeRun): readonly Figure[] },
): RunMetric<Name, Readonly<Record<string, Figure>>> {
  const compute = (run: WholeRun) => {
    const values = of(run);
    return Object.fromEntries(run.table.classes.map(({ name }, index) => [name, values[index]!]));
  };
  return { ...facts, scope: 'run', stats: [], percentiles: false, keyedBy: 'class', compute };
}

function mapGroups<Value>({ all, classes, tenants }: Grouped<GroupView>, of: (group: GroupView) => Value): Grouped<Value> {
  return { all: of(all), classes: classes.map(of), tenants: tenants.map(of) };
}
