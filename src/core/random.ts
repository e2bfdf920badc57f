/**
 * Named random streams: the only randomness there is.
 *
 * A stream is known by the scenario's seed and a path of names (source, class, what). Streams do not share
 * state, so what one draws never moves another: adding a field, a class or a source leaves the numbers of
 * everything else as they were.
 */
import alea from 'seedrandom/lib/alea.js';

/** Draws a double in [0, 1) with 53 random bits. */
export type Random = () => number;

/**
 * The stream of a seed and a path: Baagøe's Alea (period about 2^116), seeded with `JSON.stringify([seed, ...path])`,
 * which no two different paths share.
 */
export function randomStream(seed: string, ...path: (string | number)[]): Random {
  return alea(JSON.stringify([seed, ...path])).double;
}
