/** The one list of formats that measured runs come in. */
import { llmservingsim } from './llmservingsim.ts';
import { unusableRun, type MeasuredRun, type RunFile, type RunFormat } from './measured-run.ts';
import { vllmBenchServe } from './vllm-bench-serve.ts';

export const RUN_FORMATS: readonly RunFormat[] = [llmservingsim, vllmBenchServe];

/**
 * Reads a run in whichever format it is in.
 *
 * @throws FaultError when it is in none, is broken, or cannot support a fit
 */
export function readRun(file: RunFile): MeasuredRun {
  const format = RUN_FORMATS.find((each) => each.recognises(file.text));
  if (format) return format.read(file);
  throw unusableRun('is not a measured run in a known format', `known are ${RUN_FORMATS.map(({ name, summary }) => `${name} (${summary})`).join('; ')}`);
}
