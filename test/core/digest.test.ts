import { expect, test } from 'vitest';
import { sha256, sha256Hex } from '../../src/core/digest.ts';

// NIST FIPS 180-4 examples.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('the SHA-256 of "%s"', async (text, expected) => {
  expect(await sha256Hex(text)).toBe(expected);
  expect(await sha256Hex(new TextEncoder().encode(text))).toBe(expected);
});

test('has 32 bytes', async () => {
  expect(await sha256(new Uint8Array(100000))).toHaveLength(32);
});
