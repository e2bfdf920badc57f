/** The sizes beyond which a workload is taken for a slip of the pen, and memory is not even asked for. */

/** Most tokens of a prompt, or of an output. */
export const MAX_TOKENS = 1e7;

/** Most requests of a workload: 26 bytes each, so 2.6 GB. */
export const MAX_REQUESTS = 100e6;

/** Most requests per second, so most per microsecond: 1,000. */
export const MAX_RATE = 1e9;

/** Most names that a 16-bit column can tell apart. */
export const MAX_NAMES = 65536;
