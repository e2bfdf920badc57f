/** Several comparisons at once: which of them chance cannot have made. */

/**
 * p-values adjusted for having been looked at together (Holm 1979, "A simple sequentially rejective multiple test
 * procedure"): those of at most `alpha` may be called changes, and the chance that any of them is none stays below
 * `alpha`, however they depend on each other.
 *
 * @returns in the order of the input
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]! || a - b);
  const adjusted = p.map(() => 1);
  let least = 0;
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, (p.length - rank) * p[index]!));
    adjusted[index] = least;
  });
  return adjusted;
}
