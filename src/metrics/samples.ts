/** How the samples of a metric are gathered from the requests, one at most from each. */

/**
 * Writes the samples of all requests, in order, each group's without holes from `next[group]` on.
 *
 * @param of group by request
 * @param next moved on to the position after the group's last sample; each group has room for all of its requests
 */
export type Gather = (of: Uint16Array, next: Uint32Array, into: Float64Array) => void;

/** The plain way: a number per request, NaN where it has none. A loop of one's own is several times as fast. */
export function perRequest(sample: (request: number) => number): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const group = of[request]!;
      const at = next[group]!;
      const value = sample(request);
      // Written in any case and kept if it is a number: a branch less.
      into[at] = value;
      if (value === value) next[group] = at + 1;
    }
  };
}
