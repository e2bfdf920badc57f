/** How much load a scenario can take under each of its schedulers before it breaks a promise. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { Micros } from '../core/time.ts';
import { type Bracket, LEAST_SCANNED, MOST_SCANNED, searchCapacity } from '../experiments/capacity.ts';
import { type Looks, looksOf } from '../experiments/looks.ts';
import { CONFIDENCE, seedsOf } from '../experiments/replications.ts';
import { workloadOf } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { atLoad } from '../workload/at-load.ts';
import { expectedWindow } from '../workload/window.ts';
import { wantedFor } from './judge.ts';
import { type Decisions, decisionsOf } from './keeping.ts';
import { type Promised, promisesOf } from './promises.ts';
import { replicateInputs, type Replication, requireRandom } from './replicate.ts';
import { inFiles, locatingFaults, type ScenarioFile } from './scenario-file.ts';
import type { Task, World } from './world.ts';

export interface CapacityOptions {
  /** Expectations; none: the targets of the classes. */
  readonly promises: readonly string[];
  /** Ratio of two loads, less 1, that need not be told apart. */
  readonly within: number;
  /** How often each load is run. */
  readonly looks: Looks;
}

export interface CapacityRow extends Bracket {
  readonly scheduler: string;
  /** What broke at the load that breaks, and is not known to hold there. */
  readonly firstToBreak: readonly string[];
  /** Runs of the engine that it took. */
  readonly runs: number;
}

export interface CapacityReport {
  readonly name: string;
  readonly file: string | null;
  readonly seed: string;
  /** Today's load: requests, and the time in which they come. */
  readonly window: { readonly requests: number; readonly span: Micros };
  readonly promises: readonly string[];
  readonly within: number;
  /** The least load and the greatest that were looked at, where none before decided. */
  readonly scanned: { readonly from: number; readonly to: number };
  readonly looks: Looks;
  readonly confidence: number;
  readonly rows: readonly CapacityRow[];
}

/** @throws FaultError with what is wrong with the promises or the workload, or where nothing is random */
export async function capacityOf(loaded: ScenarioFile, { promises: texts, within, looks }: CapacityOptions, world: World): Promise<CapacityReport> {
  const { scenario, path } = loaded;
  const promises = promisesOf(loaded, texts);
  await requireRandom(loaded, looks.most, world);
  const window = expectedWindow(scenario.sources) ?? await locatingFaults(loaded, world, () => measuredWindow(loaded, world));
  const rows: CapacityRow[] = [];
  await world.pool.each({
    task: capacityTask, world,
    inputs: scenario.schedulers.filter(({ name }) => promises.some(({ about }) => about === null || about === name)).map(({ name: scheduler }) => ({ path, scenario, scheduler, promises, within, looks })),
    take(result) {
      if ('faults' in result) throw new FaultError(inFiles(result.faults, loaded, world));
      rows.push(result.row);
    },
  });
  const { name, file, seed } = scenario;
  return { name, file, seed, window, promises: promises.map(({ source }) => source.text), within, scanned: { from: LEAST_SCANNED, to: MOST_SCANNED }, looks, confidence: CONFIDENCE, rows };
}

async function measuredWindow({ scenario, path }: ScenarioFile, { files }: World): Promise<CapacityReport['window']> {
  const { table: { count, arrival } } = await workloadOf(scenario, files.beside(path));
  return { requests: count, span: count === 0 ? 0 : arrival[count - 1]! };
}

interface CapacityInput {
  readonly path: string;
  readonly scenario: Scenario;
  readonly scheduler: string;
  readonly promises: readonly Promised[];
  readonly within: number;
  readonly looks: Looks;
}

/** One scheduler's search. */
export const capacityTask: Task<CapacityInput, { readonly row: CapacityRow } | { readonly faults: readonly Fault[] }> = {
  name: 'capacity',
  async perform(input, world) {
    try {
      return { row: await search(input, world) };
    } catch (error) {
      if (error instanceof FaultError) return { faults: error.faults };
      throw error;
    }
  },
};

async function search({ path, scenario, scheduler, promises, within, looks }: CapacityInput, world: World): Promise<CapacityRow> {
  const about = promises.filter((each) => each.about === null || each.about === scheduler);
  const names = new Set([scheduler, ...about.flatMap(({ against }) => against ?? [])]);
  const schedulers = scenario.schedulers.filter(({ name }) => names.has(name));
  const wanted = wantedFor(about.map(({ source }) => source));
  const brokenAt = new Map<number, readonly string[]>();
  let runs = 0;
  const bracket = await searchCapacity(async (load) => {
    const at: Scenario = { ...scenario, schedulers, sources: atLoad(scenario.sources, load) };
    const replications: Replication[] = [];
    let found: Decisions = { holds: [], broken: [], undecided: [] };
    for (const count of looksOf(looks)) {
      const seeds = seedsOf(scenario.seed, count - replications.length, replications.length + 1);
      await replicateInputs(seeds.map((seed) => ({ path, scenario: at, seed, wanted })), world, (each) => replications.push(each));
      runs += seeds.length * schedulers.length;
      found = decisionsOf(about, scheduler, at, replications);
      if (found.broken.length > 0 || found.undecided.length === 0) break;
    }
    brokenAt.set(load, found.broken);
    return found.broken.length > 0 ? 'broken' : found.undecided.length > 0 ? 'undecided' : 'holds';
  }, within);
  return { scheduler, ...bracket, firstToBreak: bracket.breaks === null ? [] : brokenAt.get(bracket.breaks)!, runs };
}
