/** What `sched calibrate` does: reads measured runs, fits an engine to each, writes what was asked for. */
import type { ServerSettings } from '../experiments/measured/measured-run.ts';
import { calibrateRuns } from '../jobs/calibrate.ts';
import { knownServer, type NamedServer } from '../jobs/known-server.ts';
import { CALIBRATIONS } from '../render/formats.ts';
import { STDIN } from '../scenario/stdin.ts';
import { inputError } from './exit.ts';
import { destinations } from './io/destinations.ts';
import { FILES } from './io/files.ts';
import { writeAll } from './io/results.ts';
import { readRunFile } from './io/run-file.ts';
import type { LimitOptions, OutputOptions } from './shared-options.ts';
import { worldOf } from './world.ts';

/** Flags that say what the server was, under the names of the engine block. */
export interface CalibrateOptions extends OutputOptions, LimitOptions, Omit<ServerSettings, 'prefixCaching' | 'watermark'> {
  /** Share of the requests. */
  readonly fitOn: number;
  readonly hardware?: string;
  readonly model?: string;
  readonly cards?: number;
  readonly dtype?: NamedServer['dtype'];
}

/** @throws FaultError */
export async function calibrateFiles(paths: readonly string[], { fitOn, ...options }: CalibrateOptions): Promise<void> {
  const wanted = destinations(options, CALIBRATIONS);
  if (paths.length > 1 && wanted.some(({ format }) => format.single)) throw inputError('an engine block is of one run', 'calibrate one run at a time, or write JSON');
  const { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission } = options;
  const flags = { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, asyncScheduling, blockSize, kvBlocks, admission };
  const server = await serverOf(options);
  const calibrations = await calibrateRuns({ runs: paths.map(readRunFile), flags, fitOn, limits: worldOf(options).limits, ...(server && { server }) });
  await writeAll(wanted, calibrations, options.color);
}

/** The server that is known; undefined where free coefficients are to be fitted. @throws FaultError */
async function serverOf({ hardware, model, cards: count = 1, dtype = 'bf16' }: Pick<CalibrateOptions, 'hardware' | 'model' | 'cards' | 'dtype'>) {
  if (hardware !== undefined && model !== undefined) return knownServer({ hardware, model, count, dtype }, FILES.beside(STDIN));
  if (hardware !== undefined || model !== undefined) throw inputError('--hardware and --model go together', 'sched list hardware and sched list models tell their names');
  if (count > 1 || dtype !== 'bf16') throw inputError('--cards and --dtype say more of --hardware and --model', 'give these too');
  return undefined;
}
