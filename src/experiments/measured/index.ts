/** The one list of formats that measured runs come in. */
import { llmservingsim } from './llmservingsim.ts';
import { RunError, type MeasuredRun, type RunFile, type RunFormat } from './measured-run.ts';
import { vllmBenchServe } from './vllm-bench-serve.ts';

export const RUN_FORMATS: readonly RunFormat[] = [llmservingsim, vllmBenchServe];

/**
 * Reads a run in whichever format it is in.
 *
 * @throws RunError when it is in none, is broken, or cannot support a fit
 */
export function readRun(file: RunFile): MeasuredRun {
  const format = RUN_FORMATS.find((each) => each.recognises(file.text));
  if (format) return format.read(file);
  throw new RunError('is not a measured run in a known format', `known are ${RUN_FORMATS.map(({ name, summary }) => `${name} (${summary})`).join('; ')}`);
}
