/** What `sched capacity` does: searches for the load that each scheduler of each scenario can take, and writes what it found. */
import { capacityOf, type CapacityReport } from '../jobs/capacity.ts';
import { looksFor } from '../jobs/looks.ts';
import { CAPACITIES } from '../render/formats.ts';
import { destinations } from './io/destinations.ts';
import { writeAll } from './io/results.ts';
import { loadSelected } from './load.ts';
import type { JobsOptions, LimitOptions, OutputOptions, SelectionOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

export interface CapacityCommandOptions extends OutputOptions, SelectionOptions, JobsOptions, LimitOptions {
  readonly for: readonly string[];
  readonly precision: number;
  readonly replications?: number | 'auto';
  readonly maxReplications?: number;
}

/** @throws FaultError */
export async function capacityFiles(paths: readonly string[], options: CapacityCommandOptions): Promise<void> {
  const wanted = destinations(options, CAPACITIES);
  const looks = looksFor(options.replications ?? 'auto', options.maxReplications, 40);
  const world = worldOf(options, threads(options));
  const reports: CapacityReport[] = [];
  for (const loaded of await loadSelected(paths, options, world)) {
    reports.push(await capacityOf(loaded, { promises: options.for, within: options.precision, looks }, world));
  }
  await writeAll(wanted, reports, options.color);
}
