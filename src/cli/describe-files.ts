/** What `sched workload` does: builds the requests of scenarios and describes them. */
import { describe } from '../jobs/workload.ts';
import { destinations } from './io/destinations.ts';
import { WORKLOAD, writeAll } from './io/results.ts';
import { loadSelected } from './load.ts';
import type { OutputOptions, SelectionOptions } from './shared-options.ts';
import { worldOf } from './world.ts';

/** @throws FaultError */
export async function describeFiles(paths: readonly string[], options: OutputOptions & SelectionOptions): Promise<void> {
  const wanted = destinations(options, WORKLOAD);
  const world = worldOf();
  const reports = await describe(await loadSelected(paths, options, world), world);
  await writeAll(wanted, WORKLOAD, reports, options.color);
}
