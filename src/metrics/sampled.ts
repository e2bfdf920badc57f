/**
 * Metrics with a sample per request, and their distributions for all requests, each class and each tenant.
 *
 * One metric is gathered at a time into one array that all of them reuse, so that ten million requests need
 * little more than 100 MB of scratch and no object per request.
 */
import { mergeMoments, type Moments, moments } from '../core/statistics.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { type Distribution, distribution, STATISTICS } from './distribution.ts';
import type { Grouping } from './grouping.ts';
import type { GroupMetric, MetricFacts } from './metric.ts';
import type { Gather } from './samples.ts';
import type { Grouped, RunView } from './view.ts';

/** What is said of a distribution: how its metric is called, and what is sampled. Less of it is better. */
export type DistributionFacts<Name extends string> = Omit<MetricFacts<Name>, 'better'>;

/** A metric that is a distribution, however it comes about. */
export function distributionMetric<const Name extends string>(
  { compute, ...facts }: DistributionFacts<Name> & { compute(run: RunView): Grouped<Distribution> },
): GroupMetric<Name, Distribution> {
  return { ...facts, better: 'lower', scope: 'group', stats: STATISTICS, percentiles: true, compute };
}

/** A metric with at most one sample per request. */
export function sampled<const Name extends string>(
  { samples, ...facts }: DistributionFacts<Name> & { samples(run: RunView): Gather },
): GroupMetric<Name, Distribution> {
  return distributionMetric({ ...facts, compute: (run) => distributionsOf(samples(run), run) });
}

function distributionsOf(gather: Gather, { table, byClass, byTenant, percentiles }: RunView): Grouped<Distribution> {
  const scratch = scratchFor(table);
  const describe = ({ values, known }: Part) => distribution(values, values.length, { known, percentiles });
  const parts = gatherGroups(gather, byClass, scratch);
  const classes = parts.map(describe);
  const all = parts.length === 1 ? classes[0]! : describe(together(parts, scratch));
  return { all, classes, tenants: byTenant ? gatherGroups(gather, byTenant, scratch).map(describe) : [] };
}

const scratches = new WeakMap<RequestTable, Float64Array>();

/** Kept with the table, for all the runs over it: memory is dearest when it is first touched. */
function scratchFor(table: RequestTable): Float64Array {
  let scratch = scratches.get(table);
  if (!scratch) scratches.set(table, (scratch = new Float64Array(table.count)));
  return scratch;
}

/** A group's samples, a stretch of the scratch array, and their moments. */
interface Part {
  readonly values: Float64Array;
  readonly known: Moments;
}

function gatherGroups(gather: Gather, { of, sizes }: Grouping, scratch: Float64Array): Part[] {
  const starts = new Uint32Array(sizes.length);
  for (let group = 1; group < sizes.length; group++) starts[group] = starts[group - 1]! + sizes[group - 1]!;
  const ends = starts.slice();
  gather(of, ends, scratch);
  let next = 0;
  return Array.from(starts, (start, group) => {
    // Requests without a sample have left room between the groups.
    if (start !== next) scratch.copyWithin(next, start, ends[group]);
    const values = scratch.subarray(next, (next += ends[group]! - start));
    return { values, known: moments(values, values.length) };
  });
}

/** The parts lie side by side from the start of the scratch array, so that together they are a sample too. */
function together(parts: readonly Part[], scratch: Float64Array): Part {
  const known = mergeMoments(parts.map((part) => part.known));
  return { values: scratch.subarray(0, known.count), known };
}
