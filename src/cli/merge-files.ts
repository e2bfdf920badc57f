/** What `sched merge` does: puts the results of shards together, and writes them as the whole would have been. */
import { merge } from '../jobs/merge.ts';
import type { Formats } from '../render/format.ts';
import { CHECK_REPORT, SWEEPS } from '../render/formats.ts';
import { publish } from './check-run.ts';
import { inputError } from './exit.ts';
import { destinations } from './io/destinations.ts';
import { writeAll } from './io/results.ts';
import type { OutputOptions } from './shared-options.ts';
import { worldOf } from './world.ts';

/**
 * Of checks, the exit code is what they come to.
 *
 * @throws FaultError
 */
export async function mergeFiles(paths: readonly string[], options: OutputOptions): Promise<void> {
  const merged = await merge(paths, worldOf());
  if ('sweep' in merged) return writeAll(destinations(options, known(options, SWEEPS)), [merged.sweep], options.color);
  await publish(merged.check, options, destinations(options, known(options, CHECK_REPORT)), () => {});
}

/** The formats of what was merged, of which the user may have named one of another kind. */
function known<Result>({ format }: OutputOptions, formats: Formats<Result>): Formats<Result> {
  if (format === undefined || formats.some(({ name }) => name === format)) return formats;
  throw inputError(`these results are not written as ${format}`, `choices: ${formats.map(({ name }) => name).join(', ')}`);
}
