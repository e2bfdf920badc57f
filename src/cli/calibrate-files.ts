/** What `sched calibrate` does: reads measured runs, fits an engine to each, writes what was asked for. */
import type { ServerSettings } from '../experiments/measured/measured-run.ts';
import { calibrateRuns } from '../jobs/calibrate.ts';
import { CALIBRATIONS } from '../render/formats.ts';
import { inputError } from './exit.ts';
import { destinations } from './io/destinations.ts';
import { writeAll } from './io/results.ts';
import { readRunFile } from './io/run-file.ts';
import type { OutputOptions } from './shared-options.ts';

/** Flags that say what the server was, under the names of the engine block. */
export interface CalibrateOptions extends OutputOptions, Omit<ServerSettings, 'prefixCaching' | 'watermark'> {
  /** Share of the requests. */
  readonly fitOn: number;
}

/** @throws FaultError */
export async function calibrateFiles(paths: readonly string[], { fitOn, ...options }: CalibrateOptions): Promise<void> {
  const wanted = destinations(options, CALIBRATIONS);
  if (paths.length > 1 && wanted.some(({ format }) => format.single)) throw inputError('an engine block is of one run', 'calibrate one run at a time, or write JSON');
  const { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission } = options;
  const flags = { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission };
  const calibrations = await calibrateRuns({ runs: paths.map(readRunFile), flags, fitOn });
  await writeAll(wanted, calibrations, options.color);
}
