/** Alea by itself: the package's root also loads Node's crypto, and @types/seedrandom describes only the root. */
declare module 'seedrandom/lib/alea.js' {
  import type { PRNG } from 'seedrandom';

  export default function alea(seed: string): PRNG;
}
