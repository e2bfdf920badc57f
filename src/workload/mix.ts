/**
 * Who a request belongs to: its class, or its tenant, drawn by shares.
 *
 * Up to MOST_IN_RACE candidates run a race: each has a random stream of its own and draws an exponential time at its share as the rate; the first
 * wins, so that each wins in proportion to its share. Because nobody else's time moves when a candidate joins,
 * a request either keeps its class or goes over to the new one; the order in which the shares are written does not matter.
 * A race costs a draw for each candidate. More of them share one draw, by the sum of the shares in order of their names: there
 * another candidate may move anyone's request, and thousands of tenants cost no more than two.
 */
import type { Random } from '../core/random.ts';

/** One name, or names with shares, which need not sum to 1. */
export type Mix = string | Readonly<Record<string, number>>;

/** The names of a mix that can come up. */
export function mixNames(mix: Mix): string[] {
  return typeof mix === 'string' ? [mix] : Object.keys(mix).filter((name) => mix[name]! > 0);
}

function shareOf(mix: Mix, name: string): number {
  return typeof mix === 'string' ? Number(mix === name) : (mix[name] ?? 0);
}

/** Candidates that a race is run for. */
export const MOST_IN_RACE = 64;

/** Enough for the loop to stay in cache, whatever the number of requests. */
const BLOCK = 1 << 14;

/**
 * Draws one of a mix for each request, in order.
 *
 * @param out what is drawn, as the indices that `indexOf` gives
 * @param mixes the mixes that requests draw from
 * @param mixOf which of them a request draws from; absent: the first
 * @param stream the random stream of a name; asked for once per name, for none where there is no choice, and for that of
 * no name (`''`) where there are too many for a race
 */
export function drawMix(
  out: Uint16Array,
  mixes: readonly Mix[],
  mixOf: Uint16Array | undefined,
  indexOf: (name: string) => number,
  stream: (name: string) => Random,
): void {
  const names = [...new Set(mixes.flatMap(mixNames))];
  if (names.length === 1) {
    const only = indexOf(names[0]!);
    // Columns start as zeros that take no memory until they are touched.
    if (only !== 0) out.fill(only);
    return;
  }
  if (names.length > MOST_IN_RACE) {
    drawByShare(out, mixes, mixOf, names, indexOf, stream(''));
    return;
  }
  const candidates = names.map((name) => ({
    index: indexOf(name),
    random: stream(name),
    // Infinity where a mix does not have the name: its time never comes first.
    meanTimes: Float64Array.from(mixes, (mix) => 1 / shareOf(mix, name)),
  }));
  const best = new Float64Array(BLOCK);
  for (let from = 0; from < out.length; from += BLOCK) {
    const winners = out.subarray(from, from + BLOCK);
    const mixOfBlock = mixOf?.subarray(from, from + BLOCK);
    best.fill(-Infinity);
    for (const candidate of candidates) {
      if (mixOfBlock) raceByRow(candidate, winners, best, mixOfBlock);
      else race(candidate, winners, best);
    }
  }
}

interface Candidate {
  readonly index: number;
  readonly random: Random;
  /** By mix. */
  readonly meanTimes: Float64Array;
}

/**
 * Lets one more candidate run for every request of a block. `best` holds the winners' times so far, negative
 * (the logarithm as it comes), so that the greatest is first.
 */
function race({ index, random, meanTimes }: Candidate, winners: Uint16Array, best: Float64Array): void {
  const meanTime = meanTimes[0]!;
  for (let i = 0; i < winners.length; i++) {
    const draw = random();
    // log(1 - x) <= -x: most losers are known without the logarithm.
    if (-draw * meanTime <= best[i]!) continue;
    const time = Math.log(1 - draw) * meanTime;
    if (time > best[i]!) {
      best[i] = time;
      winners[i] = index;
    }
  }
}

/** The same where each request has a mix of its own. */
function raceByRow({ index, random, meanTimes }: Candidate, winners: Uint16Array, best: Float64Array, mixOf: Uint16Array): void {
  for (let i = 0; i < winners.length; i++) {
    const time = Math.log(1 - random()) * meanTimes[mixOf[i]!]!;
    if (time > best[i]!) {
      best[i] = time;
      winners[i] = index;
    }
  }
}

/** One draw a request, looked up in the sums of the shares. */
function drawByShare(
  out: Uint16Array, mixes: readonly Mix[], mixOf: Uint16Array | undefined, names: string[], indexOf: (name: string) => number, random: Random,
): void {
  const sorted = names.sort();
  const indices = Uint16Array.from(sorted, indexOf);
  const sums = mixes.map((mix) => {
    let sum = 0;
    return Float64Array.from(sorted, (name) => (sum += shareOf(mix, name)));
  });
  for (let i = 0; i < out.length; i++) {
    const ofMix = sums[mixOf?.[i] ?? 0]!;
    out[i] = indices[firstAbove(ofMix, random() * ofMix.at(-1)!)]!;
  }
}

/** Index of the first of ascending values that is greater than `value`, which the last one is: never that of a share of 0. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
