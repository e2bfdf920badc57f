/** How much a workload asks of an engine, and arrivals that are given as what they ask for. */
import { FaultError } from '../core/fault.ts';
import type { EngineOptions } from '../engine/options.ts';
import { simulate, type SimulationHooks, WorkLimitError } from '../engine/simulate.ts';
import { WorkBudget } from '../engine/work-limit.ts';
import { makeStepTime } from '../engine/step-time/index.ts';
import { allAtStart, offeredLoad } from '../metrics/offered-load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { fifo } from '../schedulers/fifo.ts';
import { ARRIVALS } from '../workload/arrivals/index.ts';
import { buildWorkload, type Workload } from '../workload/build.ts';
import { definitionOf } from '../workload/definition.ts';
import { workloadFault } from '../workload/fault.ts';
import type { FileAccess } from '../workload/files.ts';
import { sourceNameOf } from '../workload/references.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { GenerateSpec, SourceSpec } from '../workload/spec.ts';
import { LIMITS, type Limits, stopped } from './limits.ts';
import { paceOf } from './pace.ts';

/** How much a workload asks of an engine; see `metrics/offered-load.ts`. Takes a run. */
export function offeredLoadOf(engine: EngineOptions, table: RequestTable, hooks: SimulationHooks = {}): number | null {
  const atStart = allAtStart(table);
  return offeredLoad(table, simulate(atStart, engine, makeStepTime(engine.stepTime), fifo.make(atStart, {}, { seed: '', maxBatchSize: engine.maxBatchSize }), hooks));
}

/** How far a load may be from the one that is asked for. */
const TOLERANCE = 0.01;

/** How far phases may be stretched where a jump keeps every pace from meeting a load. */
const MOST_STRETCH = 1.25;
/** How far from the jump the pace is that is stretched, so that no rounding falls over it. */
const ASIDE = 1e-3;

/** A source whose pace followed from a load. */
export interface PacedSource {
  readonly asked: number;
  /** What its arrivals are without the load. */
  readonly arrivals: GenerateSpec['arrivals'];
}

export interface PacedSources {
  readonly sources: readonly SourceSpec[];
  /** By position; undefined where the scenario gives the pace. */
  readonly paced: readonly (PacedSource | undefined)[];
}

/**
 * The sources with a pace in place of every `load`: the one at which the source, on the scenario's engine and with
 * nothing else to do, has that offered load. So it is the same for all schedulers.
 *
 * @throws FaultError where no pace has it, the source cannot be built, or looking for it takes more than the limits
 */
export async function pacedSources(scenario: Scenario, files: FileAccess, limits: Limits = LIMITS): Promise<PacedSources> {
  const sources: SourceSpec[] = [];
  const paced: (PacedSource | undefined)[] = [];
  const budget = new WorkBudget(limits);
  for (const [index, source] of scenario.sources.entries()) {
    const asked = 'generate' in source ? source.generate.arrivals['load'] : undefined;
    const generate = 'generate' in source && typeof asked === 'number' ? await atLoad(source.generate, asked, index, scenario, { files, most: limits.requests, budget }) : undefined;
    sources.push(generate ? { generate } : source);
    paced.push(generate && { asked: asked as number, arrivals: generate.arrivals });
  }
  return { sources, paced };
}

/** A workload whose reports say at which rate the sources came that were given a load. */
export function withPaces(workload: Workload, paced: PacedSources['paced']): Workload {
  if (!paced.some((each) => each !== undefined)) return workload;
  const rates = ratesBySource(workload.table);
  return { ...workload, reports: workload.reports.map((report, index) => (paced[index] ? { ...report, load: { ...paced[index], rate: rates(index) } } : report)) };
}

/** Requests per second over the gaps between those of one source; null with fewer than two moments of arrival. */
function ratesBySource({ source, arrival, count }: RequestTable): (of: number) => number | null {
  return (of) => {
    let [requests, first, last] = [0, NaN, NaN];
    for (let request = 0; request < count; request++) {
      if (source[request] !== of) continue;
      if (requests++ === 0) first = arrival[request]!;
      last = arrival[request]!;
    }
    return last > first ? ((requests - 1) * 1e6) / (last - first) : null;
  };
}

/** What every try may use. */
interface Means {
  readonly files: FileAccess;
  readonly most: number;
  readonly budget: WorkBudget;
}

async function atLoad(spec: GenerateSpec, load: number, index: number, { classes, seed, engine }: Scenario, { files, most, budget }: Means): Promise<GenerateSpec> {
  const definition = definitionOf(ARRIVALS, spec.arrivals.process);
  const withArrivals = (options: object): GenerateSpec => ({ ...spec, arrivals: { ...options, process: spec.arrivals.process } });
  const at = (pace: number) => withArrivals(definition.atPace(spec.arrivals as never, pace));
  const loadOf = async (generate: GenerateSpec) => {
    const alone = { generate: { ...generate, name: sourceNameOf({ generate }, index) } };
    const { table } = await placed(index, () => buildWorkload({ sources: [alone], classes, seed, files, most }));
    return within(table.count, index, () => offeredLoadOf(engine, table, budget.hooks()));
  };
  const isMet = (found: number | null) => found !== null && Math.abs(found - load) <= TOLERANCE;
  const found = await paceOf(load, (pace) => loadOf(at(pace)));
  if (isMet(found.load)) return at(found.pace);
  const path = ['workload', index, 'generate', 'arrivals', 'load'];
  if (found.load === null) throw new FaultError([workloadFault(path, 'cannot be met: all requests that can be served come at once', 'give more requests')]);
  if (definition.stretched) {
    const beside = at(found.pace * (found.load < load ? 1 - ASIDE : 1 + ASIDE));
    const factor = (await loadOf(beside))! / load;
    const stretched = withArrivals(definition.stretched(beside.arrivals as never, factor));
    if (Math.abs(Math.log(factor)) < Math.log(MOST_STRETCH) && isMet(await loadOf(stretched))) return stretched;
  }
  throw new FaultError([workloadFault(path, `cannot be met: the nearest that these requests allow is ${found.load.toPrecision(3)}`, 'give more requests, or a longer duration')]);
}

/** @throws FaultError where it takes more than it may */
function within<Result>(requests: number, index: number, simulation: () => Result): Result {
  try {
    return simulation();
  } catch (error) {
    if (!(error instanceof WorkLimitError)) throw error;
    throw new FaultError([stopped(error, 'looking for the pace that has this load', requests, ['workload', index, 'generate', 'arrivals', 'load'])]);
  }
}

/** The source is built alone, so its faults are said of the first. */
async function placed<Result>(index: number, build: () => Promise<Result>): Promise<Result> {
  try {
    return await build();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new FaultError(error.faults.map((fault) => ('path' in fault && Array.isArray(fault.path) ? { ...fault, path: ['workload', index, ...fault.path.slice(2)] } : fault)));
  }
}
