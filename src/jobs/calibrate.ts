/** Fitting an engine to each of some measured runs. */
import { FaultError } from '../core/fault.ts';
import { calibrate, type Calibration, type CalibrationOptions } from '../experiments/calibrate/calibrate.ts';
import { readRun } from '../experiments/measured/index.ts';
import type { RunFile } from '../experiments/measured/measured-run.ts';

export interface CalibrateInput extends CalibrationOptions {
  readonly runs: readonly RunFile[];
}

/** @throws FaultError when a run cannot be read, or cannot support a fit */
export async function calibrateRuns({ runs, ...options }: CalibrateInput): Promise<readonly Calibration[]> {
  const calibrations: Calibration[] = [];
  for (const file of runs) {
    try {
      calibrations.push(await calibrate(readRun(file), options));
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      throw new FaultError(error.faults.map((fault) => ({ ...fault, message: `${file.path}: ${fault.message}` })));
    }
  }
  return calibrations;
}
