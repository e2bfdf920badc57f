/** ln Γ(x) for x >= 0.5, to about 15 digits: Lanczos's approximation with g = 7 and nine terms. */

const G = 7;
const TERMS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** @param x at least 0.5 */
export function logGamma(x: number): number {
  const shifted = x - 1;
  let sum = TERMS[0]!;
  for (let i = 1; i < TERMS.length; i++) sum += TERMS[i]! / (shifted + i);
  const base = shifted + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}
