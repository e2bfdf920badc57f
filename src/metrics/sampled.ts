/**
 * The distributions of the sampled metrics for all requests, each class and each tenant.
 *
 * One metric is gathered at a time into one array that all of them reuse, so that ten million requests need
 * little more than 100 MB of scratch and no object per request.
 */
import { mergeMoments, type Moments, moments } from '../core/statistics.ts';
import type { Micros } from '../core/time.ts';
import type { Outcomes } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { distribution } from './distribution.ts';
import type { Grouping } from './grouping.ts';
import { type AloneOf, type Gather, SAMPLES, type SampledMetric } from './samples.ts';
import type { Distribution } from './summary.ts';

/** What a request would take alone on the empty engine: (prompt tokens, output tokens) to microseconds. */
export type AloneLatency = (promptTokens: number, outputTokens: number) => Micros;

/** One distribution per sampled metric. */
export type Sampled = Readonly<Record<SampledMetric, Distribution>>;

/** The distributions of every group, in the order of the groupings. */
export function sampleGroups(
  table: RequestTable, outcomes: Outcomes, alone: AloneLatency, classes: Grouping, tenants: Grouping | null,
): { all: Sampled; classes: Sampled[]; tenants: Sampled[] } {
  const scratch = scratchFor(table);
  const aloneOf = tenants ? askOnce(table, outcomes, alone) : ask(table, outcomes, alone);
  const all: Partial<Record<SampledMetric, Distribution>> = {};
  const perClass = classes.names.map((): typeof all => ({}));
  const perTenant = (tenants?.names ?? []).map((): typeof all => ({}));
  for (const metric of Object.keys(SAMPLES) as SampledMetric[]) {
    const gather = SAMPLES[metric](table, outcomes, aloneOf);
    const parts = gatherGroups(gather, classes, scratch);
    all[metric] = together(parts, scratch);
    parts.forEach((part, group) => { perClass[group]![metric] = describePart(part); });
    if (!tenants) continue;
    gatherGroups(gather, tenants, scratch).forEach((part, group) => { perTenant[group]![metric] = describePart(part); });
  }
  return { all: all as Sampled, classes: perClass as Sampled[], tenants: perTenant as Sampled[] };
}

const scratches = new WeakMap<RequestTable, Float64Array>();

/** Kept with the table, for all the runs over it: memory is dearest when it is first touched. */
function scratchFor(table: RequestTable): Float64Array {
  let scratch = scratches.get(table);
  if (!scratch) scratches.set(table, (scratch = new Float64Array(table.count)));
  return scratch;
}

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

function describePart({ values, known }: Part): Distribution {
  return distribution(values, values.length, known);
}

/** The parts lie side by side from the start of the scratch array, so that together they are a sample too. */
function together(parts: readonly Part[], scratch: Float64Array): Distribution {
  if (parts.length === 1) return describePart(parts[0]!);
  const known = mergeMoments(parts.map((part) => part.known));
  return distribution(scratch, known.count, known);
}
