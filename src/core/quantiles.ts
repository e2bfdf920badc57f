/**
 * Exact order statistics without sorting.
 *
 * A run summarises a handful of percentiles of millions of values, several times over; sorting would be most
 * of the work. Here the values are counted into equal-width buckets, and only the buckets that hold a wanted
 * rank are looked into: two passes, then the same again on what is left. Skewed values share few buckets, so
 * after a few rounds what remains is sorted: the worst case is one sort and a constant number of passes.
 */

const BUCKETS = 4096;
/** Below this, sorting a copy is as quick as counting. */
const SMALL = 2048;
const ROUNDS = 4;

/** A percentile is a whole number of millionths of a percent: 99.9 is 99,900,000 of them, and no double is exactly 99.9. */
const MILLIONTHS = 1e6;
const WHOLE = 100 * MILLIONTHS;

/**
 * The 1-based nearest rank of a percentile among `count` values: the smallest rank that at least
 * `percentile` % of the values do not exceed (type 1 of Hyndman and Fan 1996, `inverted_cdf` in NumPy).
 *
 * @param percentile above 0, at most 100, with at most six decimals
 */
export function nearestRank(percentile: number, count: number): number {
  const millionths = Math.round(percentile * MILLIONTHS);
  const product = millionths * count;
  if (Number.isSafeInteger(product)) return Math.max(1, Math.ceil(product / WHOLE));
  const whole = BigInt(WHOLE);
  return Number((BigInt(millionths) * BigInt(count) + whole - 1n) / whole);
}

/**
 * How many values a percentile needs to say anything: with fewer than 100 / (100 - percentile) its nearest rank is
 * the maximum, whatever the tail looks like.
 */
export function samplesNeeded(percentile: number): number {
  return Math.ceil(WHOLE / (WHOLE - Math.round(percentile * MILLIONTHS)));
}

/**
 * The values at the given ranks among the first `count` values, none of them NaN. The input is not changed.
 *
 * @param ranks 1-based (1 is the smallest value), ascending, at most `count`
 * @param range the smallest and the largest of the values, where the caller knows them: saves a pass
 */
export function selectRanks(
  values: Float64Array,
  count: number,
  ranks: readonly number[],
  range: { readonly min: number; readonly max: number } = bottomAndTop(values, count),
): number[] {
  return select(values, count, ranks, range.min, range.max, ROUNDS);
}

/** A sorted sample with counts: `values[i]`, ascending, was seen `counts[i]` times. */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** The values at the given ranks (1-based, ascending, at most the sum of the counts) of a counted sample. */
export function selectCountedRanks(sample: CountedValues, ranks: readonly number[]): number[] {
  let row = -1;
  let seen = 0;
  return ranks.map((rank) => {
    while (seen < rank) seen += sample.counts[++row]!;
    return sample.values[row]!;
  });
}

function select(
  values: Float64Array, count: number, ranks: readonly number[], min: number, max: number, rounds: number,
): number[] {
  if (min === max) return ranks.map(() => min);
  const scale = BUCKETS / (max - min);
  // A range too wide or too narrow for a double has no usable bucket width.
  if (count <= SMALL || rounds === 0 || scale === 0 || scale === Infinity) return sortAndPick(values, count, ranks);

  const sizes = countBuckets(values, count, min, scale);
  const wanted = bucketsOf(ranks, sizes);
  const collected = collect(values, count, min, scale, wanted);
  return wanted.flatMap(({ from, to, ranks: inside }) => {
    const content = collected.subarray(from, to);
    const { min: bottom, max: top, ties } = bottomAndTop(content, content.length);
    // Many equal values at the bottom (queue times of 0) would survive every round.
    if (inside.at(-1)! <= ties) return inside.map(() => bottom);
    return select(content, content.length, inside, bottom, top, rounds - 1);
  });
}

function sortAndPick(values: Float64Array, count: number, ranks: readonly number[]): number[] {
  const sorted = values.slice(0, count).sort();
  return ranks.map((rank) => sorted[rank - 1]!);
}

/** Smallest and largest value, and how many values equal the smallest. */
function bottomAndTop(values: Float64Array, count: number): { min: number; max: number; ties: number } {
  let min = Infinity;
  let max = -Infinity;
  let ties = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (value < min) {
      min = value;
      ties = 1;
    } else if (value === min) ties++;
    if (value > max) max = value;
  }
  return { min, max, ties };
}

/** Every step of the bucket's formula is monotone in the value, rounding included, so buckets are in order. */
function countBuckets(values: Float64Array, count: number, min: number, scale: number): Int32Array {
  // The largest value has a bucket to itself: BUCKETS, or one less by rounding.
  const sizes = new Int32Array(BUCKETS + 1);
  for (let i = 0; i < count; i++) {
    const bucket = ((values[i]! - min) * scale) | 0;
    sizes[bucket]!++;
  }
  return sizes;
}

interface WantedBucket {
  readonly bucket: number;
  /** Ranks within the bucket. */
  readonly ranks: number[];
  /** The values of the bucket lie in [from, to) of what `collect` returns. */
  readonly from: number;
  readonly to: number;
}

function bucketsOf(ranks: readonly number[], sizes: Int32Array): WantedBucket[] {
  const wanted: WantedBucket[] = [];
  let bucket = 0;
  let before = 0;
  for (const rank of ranks) {
    while (before + sizes[bucket]! < rank) before += sizes[bucket++]!;
    let last = wanted.at(-1);
    if (last?.bucket !== bucket) {
      const from = last?.to ?? 0;
      last = { bucket, ranks: [], from, to: from + sizes[bucket]! };
      wanted.push(last);
    }
    last.ranks.push(rank - before);
  }
  return wanted;
}

/** The values of the wanted buckets, one bucket after the other. */
function collect(
  values: Float64Array, count: number, min: number, scale: number, wanted: readonly WantedBucket[],
): Float64Array {
  // Where the next value of a bucket goes; buckets nobody wants share one place that is overwritten and dropped.
  const dump = wanted.at(-1)!.to;
  const collected = new Float64Array(dump + 1);
  const places = new Uint16Array(BUCKETS + 1).fill(wanted.length);
  const next = new Int32Array(wanted.length + 1);
  wanted.forEach(({ bucket, from }, place) => {
    places[bucket] = place;
    next[place] = from;
  });
  next[wanted.length] = dump;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const place = places[((value - min) * scale) | 0]!;
    if (place !== wanted.length) collected[next[place]!++] = value;
  }
  return collected;
}
