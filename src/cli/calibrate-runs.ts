/** What `sched calibrate` does: reads measured runs, fits an engine to each, writes what was asked for. */
import { FaultError } from '../core/fault.ts';
import { calibrate, type Calibration } from '../experiments/calibrate/calibrate.ts';
import { readRun } from '../experiments/measured/index.ts';
import type { ServerSettings } from '../experiments/measured/measured-run.ts';
import { destinations } from './io/destinations.ts';
import { inputError } from './exit.ts';
import { outputFiles } from './io/output-files.ts';
import { CALIBRATE, writeResults } from './io/results.ts';
import { readRunFile } from './io/run-file.ts';
import type { OutputOptions } from './shared-options.ts';

/** Flags that say what the server was, under the names of the engine block. */
export interface CalibrateOptions extends OutputOptions, Omit<ServerSettings, 'prefixCaching' | 'watermark'> {
  /** Share of the requests. */
  readonly fitOn: number;
}

/** @throws FaultError */
export async function calibrateRuns(paths: readonly string[], options: CalibrateOptions): Promise<void> {
  const wanted = destinations(options, CALIBRATE);
  if (paths.length > 1 && wanted.some(({ format }) => format === 'yaml')) throw inputError('an engine block is of one run', 'calibrate one run at a time, or write JSON');
  const calibrations: Calibration[] = [];
  for (const path of paths) calibrations.push(await calibrated(path, options));
  const files = outputFiles();
  try {
    await writeResults(files, wanted, CALIBRATE, calibrations, options.color);
    files.commit();
  } finally {
    files.discard();
  }
}

async function calibrated(path: string, { fitOn, ...options }: CalibrateOptions): Promise<Calibration> {
  const { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission } = options;
  const flags = { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission };
  const file = readRunFile(path);
  try {
    return await calibrate(readRun(file), { flags, fitOn });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new FaultError(error.faults.map((fault) => ({ ...fault, message: `${file.path}: ${fault.message}` })));
  }
}
