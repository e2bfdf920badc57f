/** What the replications of a scenario come to: what is shown and written of them. */
import { FaultError } from '../core/fault.ts';
import type { EngineOptions } from '../engine/options.ts';
import { changesOf, CONFIDENCE, estimates, type Replicated, type ReplicatedChange, type Replications, seedsOf } from '../experiments/replications.ts';
import type { RunSummary } from '../metrics/summary.ts';
import type { Run, Wanted } from '../run.ts';
import type { SourceReport } from '../workload/source.ts';
import { AUTO } from '../experiments/looks.ts';

import { untilDecided, wantedFor } from './judge.ts';
import { expectationsOf } from './judging.ts';
import { replicate, type Replication, replicationsOf, requireRandom } from './replicate.ts';
import type { ScenarioFile } from './scenario-file.ts';
import type { World } from './world.ts';

export interface ReplicatedRun {
  readonly scheduler: string;
  readonly policy: string;
  readonly settings: Run['settings'];
  /** The first run before this one that came to the same in every replication. */
  readonly sameScheduleAs?: string | undefined;
  readonly summary: Replicated<RunSummary>;
  /** Against the first run, by the path of the figure; of the first run: none. */
  readonly changes: ReadonlyMap<string, ReplicatedChange>;
  /** Of each replication. */
  readonly replicates: readonly RunSummary[];
}

export interface ReplicatedReport {
  readonly name: string;
  readonly file: string | null;
  readonly seed: string;
  readonly replications: Replications;
  /** Mean over the replications. */
  readonly requests: number;
  readonly engine: EngineOptions;
  readonly sources: readonly SourceReport[];
  readonly classes: readonly string[];
  readonly tenants: readonly string[];
  readonly runs: readonly ReplicatedRun[];
}

/**
 * Runs scenarios several times, with the seeds `SEED`, `SEED/2`, …
 *
 * @param count for each of the scenarios; auto: until their expectations are decided, or 20 where they have none
 * @throws FaultError where nothing is random, or with what is wrong with a workload
 */
export async function replicatedReports(scenarios: readonly ScenarioFile[], count: number | 'auto', wanted: Wanted, world: World): Promise<readonly ReplicatedReport[]> {
  for (const loaded of scenarios) await requireRandom(loaded, count === 'auto' ? WITHOUT_EXPECTATIONS : count, world);
  if (count === 'auto') return Promise.all(scenarios.map(async (loaded) => reportOfReplications(loaded, await asOftenAsItTakes(loaded, wanted, world))));
  const found: Replication[][] = scenarios.map(() => []);
  const replicands = scenarios.map((loaded) => ({ loaded, seeds: seedsOf(loaded.scenario.seed, count), wanted }));
  await replicate(replicands, world, (replication, index) => found[index]!.push(replication));
  return scenarios.map((loaded, index) => reportOfReplications(loaded, found[index]!));
}

/** As many as a table of figures needs. */
const WITHOUT_EXPECTATIONS = 20;

function asOftenAsItTakes(loaded: ScenarioFile, wanted: Wanted, world: World): Promise<readonly Replication[]> {
  const expectations = expectationsOf(loaded.path, loaded);
  if (expectations.length === 0) return replicationsOf(loaded, seedsOf(loaded.scenario.seed, WITHOUT_EXPECTATIONS), wanted, world);
  return untilDecided(loaded, expectations, AUTO, world, { wanted: both(wanted, wantedFor(expectations)) });
}

function both(a: Wanted, b: Wanted): Wanted {
  return { ...a, percentiles: [...(a.percentiles ?? []), ...(b.percentiles ?? [])], offeredLoad: a.offeredLoad ?? b.offeredLoad };
}

export function reportOfReplications({ scenario: { name, file, seed, engine, classes } }: ScenarioFile, replications: readonly Replication[]): ReplicatedReport {
  const [first] = replications;
  if (!first) throw new FaultError([{ code: 'input', message: 'there are no replications' }]);
  const summaries = first.runs.map((_, run) => replications.map(({ runs }) => runs[run]!.summary));
  return {
    name, file, seed,
    replications: { count: replications.length, seeds: replications.map((each) => each.seed), confidence: CONFIDENCE },
    requests: replications.reduce((sum, { requests }) => sum + requests, 0) / replications.length,
    engine, sources: first.sources, classes: classes.map((each) => each.name), tenants: first.tenants,
    runs: first.runs.map(({ scheduler, policy, settings, sameScheduleAs }, run) => ({
      scheduler, policy, settings,
      ...(replications.every(({ runs }) => runs[run]!.sameScheduleAs === sameScheduleAs) && sameScheduleAs !== undefined && { sameScheduleAs }),
      summary: estimates(summaries[run]!),
      changes: run === 0 ? new Map() : changesOf(summaries[0]!, summaries[run]!),
      replicates: summaries[run]!,
    })),
  };
}
