/** Describing the requests of scenarios without running them. */
import { requestsOf } from '../run.ts';
import { describeWorkload, type WorkloadFigures } from '../workload/describe.ts';
import type { SourceReport } from '../workload/source.ts';
import { locatingFaults, type ScenarioFile } from './scenario-file.ts';
import type { World } from './world.ts';

/** What is known of a workload, and what became of the rows of each source. */
export interface WorkloadReport extends WorkloadFigures {
  readonly name: string;
  readonly file: string | null;
  readonly seed: string;
  readonly sources: readonly SourceReport[];
}

/** @throws FaultError with what is wrong with the first workload that has something wrong */
export async function describe(scenarios: readonly ScenarioFile[], world: World): Promise<readonly WorkloadReport[]> {
  const reports: WorkloadReport[] = [];
  for (const loaded of scenarios) {
    const { scenario, path } = loaded;
    const { table, reports: sources } = await locatingFaults(loaded, world, () => requestsOf(scenario, world.files.beside(path)));
    const { name, file, seed } = scenario;
    reports.push({ name, file, seed, ...describeWorkload(table), sources });
  }
  return reports;
}
