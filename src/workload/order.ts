/** Putting requests in order of arrival, those of equal arrival staying as they were. */

/**
 * The stable ascending order of keys, as positions; undefined when they are in order already.
 *
 * A natural merge sort: sorted sources put one after the other are a few long runs, which merge in a few passes.
 */
export function stableOrder(keys: Float64Array): Uint32Array | undefined {
  let runs = runStarts(keys);
  if (runs.length <= 2) return undefined;
  let from: Uint32Array = Uint32Array.from(keys, (_, position) => position);
  let to: Uint32Array = new Uint32Array(keys.length);
  while (runs.length > 2) {
    const merged: number[] = [];
    for (let run = 0; run < runs.length - 1; run += 2) {
      const middle = runs[run + 1]!;
      mergeRuns(keys, from, to, runs[run]!, middle, runs[run + 2] ?? middle);
      merged.push(runs[run]!);
    }
    merged.push(keys.length);
    runs = merged;
    [from, to] = [to, from];
  }
  return from;
}

/** Where each ascending run starts, and where the last one ends. */
function runStarts(keys: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < keys.length; i++) if (keys[i]! < keys[i - 1]!) starts.push(i);
  starts.push(keys.length);
  return starts;
}

/** Merges the neighbours [start, middle) and [middle, end). */
function mergeRuns(keys: Float64Array, from: Uint32Array, to: Uint32Array, start: number, middle: number, end: number): void {
  let left = start;
  let right = middle;
  for (let out = start; out < end; out++) {
    const takeLeft = left < middle && (right >= end || keys[from[left]!]! <= keys[from[right]!]!);
    to[out] = from[takeLeft ? left++ : right++]!;
  }
}
