/** When replications are looked at: a few times only, for every look is another chance to be wrong. */

export interface Looks {
  /** Replications at the first look. */
  readonly from: number;
  /** At the last. */
  readonly most: number;
}

/** Numbers of replications at which to judge, ascending: the first, one between, the last. */
export function looksOf({ from, most }: Looks): number[] {
  if (most <= from) return [from];
  const between = Math.round(Math.sqrt(from * most));
  return between > from && between < most ? [from, between, most] : [from, most];
}

/** What `auto` begins with and ends with. */
export const AUTO: Looks = { from: 10, most: 100 };
