/** The sizes beyond which a workload is taken for a slip of the pen, and memory is not even asked for. */

/** Most tokens of a prompt, or of an output. */
export const MAX_TOKENS = 1e7;

/** Most requests that are taken for meant, unless somebody says so: with what two runs keep of each, 85 bytes or so, within a gibibyte. */
export const USUAL_REQUESTS = 10e6;

/** Most requests of a workload: 26 bytes each, so 2.6 GB. */
export const MAX_REQUESTS = 100e6;

/** What lets a workload have more than the usual. */
export const LIFTED = '--no-limit takes as long, and as much memory, as it needs';

/** The same, where the limit is the usual one and not that of all. */
export function liftedFrom(most: number): string | undefined {
  return most < MAX_REQUESTS ? LIFTED : undefined;
}

/** Most requests per second, so most per microsecond: 1,000. */
export const MAX_RATE = 1e9;

/** Most names that a 16-bit column can tell apart. */
export const MAX_NAMES = 65536;
