/** Percentiles by name: `p95` is always kept, `p75` and `p99.9` where somebody asks for them. */

/** The percentiles that every distribution has. */
export const PERCENTILES = [50, 90, 95, 99] as const;

const NAME = /^p(\d{1,2}(?:\.\d{1,6})?)$/;

/** The percentile that a name such as `p99.9` stands for, above 0 and below 100; null when it is none. */
export function percentileNamed(name: string): number | null {
  const percentile = Number(NAME.exec(name)?.[1] ?? 0);
  return percentile > 0 ? percentile : null;
}

/** The one name of a percentile, however it was spelled. */
export function percentileName(percentile: number): `p${number}` {
  return `p${percentile}`;
}

/** Those that are always kept and some more, ascending, each once. */
export function withPercentiles(more: Iterable<number>): readonly number[] {
  return [...new Set([...PERCENTILES, ...more])].sort((a, b) => a - b);
}
