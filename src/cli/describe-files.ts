/** What `sched workload` does: builds the requests of scenarios and describes them. */
import type { WorkloadReport } from '../render/workload/workload-report.ts';
import { workloadOf } from '../run.ts';
import { describeWorkload } from '../workload/describe.ts';
import { destinations } from './io/destinations.ts';
import { filesBeside } from './io/files.ts';
import { loadScenarios, locatingFaults } from './load.ts';
import { outputFiles } from './io/output-files.ts';
import { WORKLOAD, writeResults } from './io/results.ts';
import { selected } from './select.ts';
import type { OutputOptions, SelectionOptions } from './shared-options.ts';

/** @throws FaultError */
export async function describeFiles(paths: readonly string[], options: OutputOptions & SelectionOptions): Promise<void> {
  const wanted = destinations(options, WORKLOAD);
  const reports: WorkloadReport[] = [];
  for (const loaded of await loadScenarios(paths, options)) {
    const scenario = selected(loaded.scenario, options);
    const { table, reports: sources } = await locatingFaults(loaded, () => workloadOf(scenario, filesBeside(loaded.path)));
    const { name, file, seed } = scenario;
    reports.push({ name, file, seed, ...describeWorkload(table), sources });
  }
  const files = outputFiles();
  try {
    await writeResults(files, wanted, WORKLOAD, reports, options.color);
    files.commit();
  } finally {
    files.discard();
  }
}
