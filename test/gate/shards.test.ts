import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShard, parseShard } from '../../src/gate/shards.ts';

describe('shards', () => {
  it('take every path exactly once', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (path, of) => {
      const takers = Array.from({ length: of }, (_, i) => ({ index: i + 1, of })).filter((shard) => isInShard(path, shard));
      expect(takers).toHaveLength(1);
    }));
  });

  it('share similar names about evenly', () => {
    for (const of of [2, 3, 4, 8]) {
      const counts = Array.from({ length: of }, () => 0);
      for (let i = 0; i < 400; i++) {
        const index = counts.findIndex((_, at) => isInShard(`scenarios/case-${i}.yaml`, { index: at + 1, of }));
        counts[index]!++;
      }
      expect(Math.min(...counts)).toBeGreaterThan(0.7 * (400 / of));
    }
  });

  it('keep their paths from release to release', () => {
    expect(['a.yaml', 'scenarios/chat-and-batch.yaml', 'é.yaml'].map((path) => [1, 2, 3].find((index) => isInShard(path, { index, of: 3 })))).toEqual([2, 3, 3]);
  });

  it('are written as a part of a whole, from 1', () => {
    expect(parseShard('2/3')).toEqual({ index: 2, of: 3 });
    for (const text of ['0/3', '4/3', '1/0', '1', 'a/b', '1/3/5', '-1/3', '1.5/3', '']) expect(parseShard(text)).toBeNull();
  });
});
