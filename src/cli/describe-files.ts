/** What `sched workload` does: builds the requests of scenarios and describes them. */
import { describe } from '../jobs/workload.ts';
import { WORKLOADS } from '../render/formats.ts';
import { destinations } from './io/destinations.ts';
import { writeAll } from './io/results.ts';
import { loadSelected } from './load.ts';
import type { OutputOptions, SelectionOptions } from './shared-options.ts';
import { worldOf } from './world.ts';

/** @throws FaultError */
export async function describeFiles(paths: readonly string[], options: OutputOptions & SelectionOptions): Promise<void> {
  const wanted = destinations(options, WORKLOADS);
  const world = worldOf();
  const reports = await describe(await loadSelected(paths, options, world), world);
  await writeAll(wanted, reports, options.color);
}
