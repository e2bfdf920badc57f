/**
 * What the threads of a pool share: a counter by which each claims the next input, so that none waits for
 * another, and how far the runs of each are.
 */
import type { RunHooks } from '../../run.ts';

export interface Shared {
  /** The next input that nobody has claimed. */
  readonly next: Int32Array;
  /** By thread: requests that have arrived in its runs so far, and the virtual time of the present one. */
  readonly arrived: Float64Array;
  readonly now: Float64Array;
}

export function shareAmong(threads: number): Shared {
  return {
    next: new Int32Array(new SharedArrayBuffer(4)),
    arrived: new Float64Array(new SharedArrayBuffer(8 * threads)),
    now: new Float64Array(new SharedArrayBuffer(8 * threads)),
  };
}

/** The number of an input that is from now on this thread's; there may be none of that number. */
export function claim({ next }: Shared): number {
  return Atomics.add(next, 0, 1);
}

/** Records for all threads how far the runs of this one are: the total of those before, and the present one. */
export function recorder({ arrived, now }: Shared, thread: number): NonNullable<RunHooks['onProgress']> {
  let before = arrived[thread]!;
  let last = 0;
  return (_scheduler, requests, time) => {
    if (requests < last) before += last;
    last = requests;
    arrived[thread] = before + requests;
    now[thread] = time;
  };
}
