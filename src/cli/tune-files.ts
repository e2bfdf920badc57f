/** What `sched tune` does: races the settings of a scenario, and writes what is left of them. */
import { tune } from '../jobs/tune.ts';
import { TUNINGS } from '../render/formats.ts';
import { inputError } from './exit.ts';
import { destinations } from './io/destinations.ts';
import { writeAll } from './io/results.ts';
import { loadSelected } from './load.ts';
import type { JobsOptions, LimitOptions, OutputOptions, SelectionOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

export interface TuneCommandOptions extends OutputOptions, Omit<SelectionOptions, 'set'>, JobsOptions, LimitOptions {
  readonly set: readonly string[];
  readonly zip?: boolean;
  readonly for: readonly string[];
  readonly least?: string;
  readonly most?: string;
  readonly maxReplications?: number;
}

/** @throws FaultError */
export async function tuneFile(path: string, { set, zip = false, for: promises, least, most, maxReplications = 80, ...options }: TuneCommandOptions): Promise<void> {
  const figure = least ?? most;
  if (figure === undefined || (least !== undefined && most !== undefined)) throw inputError('tuning needs one figure to be least or most', '--least batch.latency.mean, or --most all.goodput');
  const wanted = destinations(options, TUNINGS);
  const world = worldOf(options, threads(options));
  const [base] = await loadSelected([path], options, world);
  const result = await tune(base!, { set, zip, promises, figure, least: least !== undefined, maxReplications, select: options }, world);
  await writeAll(wanted, [result], options.color);
}
