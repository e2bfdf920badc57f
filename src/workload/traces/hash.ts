/** Numbers in [0, 1) that depend on nothing but what they are made of: stable shares of rows and of sessions. */

/**
 * Of a row's position in the file alone: not on the seed, not on what else is chosen. So a smaller sample is part of a
 * larger one. The finaliser of MurmurHash3 (Appleby, public domain).
 */
export function sampleHash(row: number): number {
  return finalised(row + 0x9e3779b9) / 2 ** 32;
}

/** Of a text and a salt: FNV-1a (Fowler, Noll, Vo) over its code units, then the same finaliser. */
export function textHash(text: string, salt: number): number {
  let h = (0x811c9dc5 ^ salt) >>> 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    h = Math.imul(h ^ (unit & 0xff), 0x01000193);
    h = Math.imul(h ^ (unit >>> 8), 0x01000193);
  }
  return finalised(finalised(h >>> 0) ^ salt) / 2 ** 32;
}

function finalised(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
