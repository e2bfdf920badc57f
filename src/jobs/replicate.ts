/** Replications of scenarios: the same with other seeds, spread over the pool. */
import { type Fault, FaultError } from '../core/fault.ts';
import { isNoisy } from '../engine/step-time/noise.ts';
import { seedsOf } from '../experiments/replications.ts';
import { workloadDigest } from '../metrics/digest.ts';
import { type Run, runScenario, type Wanted, workloadOf } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedRequests } from '../workload/check.ts';
import type { SourceReport } from '../workload/source.ts';
import { inFiles, locatingFaults, type ScenarioFile } from './scenario-file.ts';
import type { Task, World } from './world.ts';

/** One replication of a scenario, without its requests. */
export interface Replication {
  readonly seed: string;
  readonly requests: number;
  readonly sources: readonly SourceReport[];
  readonly tenants: readonly string[];
  /** In the order of the scenario's schedulers. */
  readonly runs: readonly Run[];
}

/** What is to be run: a scenario with one of its seeds. */
export interface ReplicationInput {
  /** Of the scenario's file, to which the files that it names are relative. */
  readonly path: string;
  readonly scenario: Scenario;
  readonly seed: string;
  readonly wanted: Wanted;
}

export const replicationTask: Task<ReplicationInput, { readonly replication: Replication } | { readonly faults: readonly Fault[] }> = {
  name: 'replication',
  async perform({ path, scenario, seed, wanted }, { files, policies, limits, progress }) {
    try {
      const { workload: { table, reports }, runs } = await runScenario({ ...scenario, seed }, { files: files.beside(path), policies, limits, wanted, onProgress: progress });
      return { replication: { seed, requests: table.count, sources: reports, tenants: table.tenants, runs } };
    } catch (error) {
      if (error instanceof FaultError) return { faults: error.faults };
      throw error;
    }
  },
};

/** A scenario with the seeds that it is to be run with. */
export interface Replicand {
  readonly loaded: ScenarioFile;
  readonly seeds: readonly string[];
  readonly wanted: Wanted;
}

/**
 * Runs scenarios with each of their seeds.
 *
 * @param take given each replication, in order of the scenarios and of their seeds
 * @throws FaultError with what is wrong with the first workload that has something wrong
 */
export async function replicate(all: readonly Replicand[], world: World, take: (replication: Replication, scenario: number) => void): Promise<void> {
  const inputs: ReplicationInput[] = [];
  const of: number[] = [];
  for (const [index, { loaded: { path, scenario }, seeds, wanted }] of all.entries()) {
    for (const seed of seeds) {
      inputs.push({ path, scenario, seed, wanted });
      of.push(index);
    }
  }
  await replicateInputs(inputs, world, (replication, index) => take(replication, of[index]!), (index) => all[of[index]!]!.loaded);
}

/**
 * The same of scenarios that may come from anywhere.
 *
 * @param fileOf where the faults of each have their places; absent: they are thrown as they are
 */
export async function replicateInputs(
  inputs: readonly ReplicationInput[], world: World, take: (replication: Replication, index: number) => void, fileOf?: (index: number) => ScenarioFile,
): Promise<void> {
  await world.pool.each({
    task: replicationTask, world, inputs, work: workOf(inputs),
    take(result, index) {
      if ('faults' in result) throw new FaultError(fileOf ? inFiles(result.faults, fileOf(index), world) : result.faults);
      take(result.replication, index);
    },
  });
}

/** The same of one scenario, all at once. */
export async function replicationsOf(loaded: ScenarioFile, seeds: readonly string[], wanted: Wanted, world: World): Promise<readonly Replication[]> {
  const replications: Replication[] = [];
  await replicate([{ loaded, seeds, wanted }], world, (replication) => replications.push(replication));
  return replications;
}

/** Requests to replay in all of them; undefined where only a trace can tell. */
function workOf(inputs: readonly ReplicationInput[]): number | undefined {
  let total = 0;
  let last: Scenario | undefined;
  let each: number | undefined = 0;
  for (const { scenario } of inputs) {
    if (scenario !== last) each = expectedRequests(scenario.sources);
    if (each === undefined) return undefined;
    last = scenario;
    total += each * scenario.schedulers.length;
  }
  return total;
}

/**
 * Whether another seed makes another run.
 *
 * @throws FaultError with what is wrong with the workload
 */
export async function isRandom(loaded: ScenarioFile, world: World): Promise<boolean> {
  const { scenario, path } = loaded;
  if (isNoisy(scenario.engine.stepTime.noise)) return true;
  const files = world.files.beside(path);
  const [first, second] = await Promise.all(seedsOf(scenario.seed, 2).map(async (seed) => {
    const { table } = await locatingFaults(loaded, world, () => workloadOf({ ...scenario, seed }, files, { limits: world.limits }));
    return workloadDigest(table);
  }));
  return first !== second;
}

/**
 * Refuses a scenario in which nothing is random, where it is to be run more than once.
 *
 * @throws FaultError
 */
export async function requireRandom(loaded: ScenarioFile, count: number, world: World): Promise<void> {
  if (count === 1 || await isRandom(loaded, world)) return;
  throw new FaultError([{
    code: 'nothing-random',
    message: `nothing in this scenario is random: ${count} replications would be the same run`,
    help: 'engine.stepTime.noise gives each step the spread of a real server, such as --set engine.stepTime.noise={step: 4%, run: 0.5%}',
    file: loaded.path,
  } as Fault]);
}
