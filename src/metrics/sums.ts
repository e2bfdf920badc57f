/** Sums of columns by group: each column is gone over once for all groups of a grouping. */
import type { Grouping } from './grouping.ts';

/** The sums of a column, one per group. */
export type Sums = (column: Uint32Array | Float64Array) => Float64Array;

export function sumsOf({ of, sizes }: Grouping): Sums {
  const known = new Map<Uint32Array | Float64Array, Float64Array>();
  return (column) => {
    let sums = known.get(column);
    if (!sums) {
      known.set(column, (sums = new Float64Array(sizes.length)));
      for (let request = 0; request < column.length; request++) sums[of[request]!]! += column[request]!;
    }
    return sums;
  };
}
