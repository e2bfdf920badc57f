import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/core/random.ts';

const draws = (count: number, seed: string, ...path: (string | number)[]) => {
  const random = randomStream(seed, ...path);
  return Array.from({ length: count }, () => random());
};

describe('a random stream', () => {
  test('is the same for the same seed and path', () => {
    fc.assert(fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.integer())), (seed, path) => {
      expect(draws(20, seed, ...path)).toEqual(draws(20, seed, ...path));
    }));
  });

  test('is Alea seeded with the JSON of seed and path', () => {
    expect(draws(3, '42', 'chat', 1)).toEqual(original('["42","chat",1]', 3));
  });

  test('differs between paths that concatenate to the same text', () => {
    expect(draws(1, '1', 'ab', 'c')).not.toEqual(draws(1, '1', 'a', 'bc'));
    expect(draws(1, '1', '1')).not.toEqual(draws(1, '1', 1));
    expect(draws(1, '1')).not.toEqual(draws(1, '1', ''));
  });

  test('is not moved by draws from another', () => {
    const alone = draws(10, '7', 'a');
    const random = randomStream('7', 'a');
    const other = randomStream('7', 'b');
    const interleaved = Array.from({ length: 10 }, () => {
      other();
      return random();
    });
    expect(interleaved).toEqual(alone);
  });

  test('is uniform on [0, 1), and neighbours are not correlated', () => {
    const n = 50_000;
    const a = draws(n, '0', 'source', 'a');
    const b = draws(n, '0', 'source', 'b');
    expect(a.every((u) => u >= 0 && u < 1)).toBe(true);
    const sorted = a.toSorted((x, y) => x - y);
    const distance = Math.max(...sorted.map((u, i) => Math.max((i + 1) / n - u, u - i / n)));
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n));
    const correlation = a.reduce((sum, u, i) => sum + (u - 0.5) * (b[i]! - 0.5), 0) / (n / 12);
    expect(Math.abs(correlation) * Math.sqrt(n)).toBeLessThan(4);
  });
});

/** Alea written out from its description, with seedrandom's 53-bit combination of two outputs. */
function original(seed: string, count: number): number[] {
  let n = 0xefc8249d;
  const mash = (text: string) => {
    for (const character of text) {
      n += character.charCodeAt(0);
      let h = 0.02519603282416938 * n;
      n = h >>> 0;
      h -= n;
      h *= n;
      n = h >>> 0;
      h -= n;
      n += h * 2 ** 32;
    }
    return (n >>> 0) * 2 ** -32;
  };
  const state = [mash(' '), mash(' '), mash(' ')].map((s) => {
    const moved = s - mash(seed);
    return moved < 0 ? moved + 1 : moved;
  });
  let carry = 1;
  const next = () => {
    const t = 2091639 * state[0]! + carry * 2 ** -32;
    carry = Math.trunc(t);
    state.splice(0, 3, state[1]!, state[2]!, t - carry);
    return state[2]!;
  };
  return Array.from({ length: count }, () => next() + Math.trunc(next() * 0x200000) * 2 ** -53);
}
