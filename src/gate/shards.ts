/** Which machine of a CI matrix checks which scenario: by a hash of its path, so that adding one moves no other. */

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** Reads `2/3`; null when it is no part of a whole. */
export function parseShard(text: string): Shard | null {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const shard = { index: Number(match?.[1]), of: Number(match?.[2]) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : null;
}

/** @param path with forward slashes, relative to where every shard starts from */
export function isInShard(path: string, { index, of }: Shard): boolean {
  return hash(path) % of === index - 1;
}

/** FNV-1a over the UTF-8 bytes (draft-eastlake-fnv), 32 bits, with a last mixing so that its low bits are as good as its high ones. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
