/** What the runs of a scenario come to, without the requests themselves: what is shown and written. */
import type { EngineOptions } from '../engine/options.ts';
import { workloadDigest } from '../metrics/digest.ts';
import { type ClassPromise, promisesOf } from '../metrics/promises.ts';
import type { Run, ScenarioRun, Wanted } from '../run.ts';
import type { SourceReport } from '../workload/source.ts';

export interface Report {
  readonly name: string;
  /** As the user named it; null for a scenario that came from no file. */
  readonly file: string | null;
  readonly seed: string;
  readonly requests: number;
  /** Digest of the workload, null where nobody asked for it. */
  readonly digest: string | null;
  readonly engine: EngineOptions;
  /** What became of the rows of each source. */
  readonly sources: readonly SourceReport[];
  /** Class names in the scenario's order, which is the order of every table. */
  readonly classes: readonly string[];
  /** What is promised to each class, in the same order. */
  readonly promises: readonly ClassPromise[];
  /** Tenant names in order of first mention. */
  readonly tenants: readonly string[];
  readonly runs: readonly Run[];
}

export async function reportOf({ scenario, workload: { table, reports }, runs }: ScenarioRun, { digests = false }: Wanted): Promise<Report> {
  const { name, file, seed, engine, classes } = scenario;
  return {
    name, file, seed, requests: table.count,
    digest: digests ? await workloadDigest(table) : null,
    engine, sources: reports, classes: classes.map((each) => each.name), promises: promisesOf(classes), tenants: table.tenants, runs,
  };
}
