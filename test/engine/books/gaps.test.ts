/** Gaps are counted as a plain tally would, whatever their number and the order in which they come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GapCounts, SeriesIndex } from '../../../src/engine/books/gaps.ts';
import { classesOf, tableOf } from '../../support.ts';

const table = tableOf([], classesOf([1, 2]));
const index = new SeriesIndex(table);

/** Enough of them to make the table grow, some beyond 32 bits. */
const gaps = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 50 }).map((k) => k * 2 ** 32), fc.maxSafeNat());
const additions = fc.array(fc.oneof(
  fc.record({ gap: gaps, members: fc.tuple(fc.nat(3), fc.nat(3)), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ gap: gaps, series: fc.nat(1) }),
), { maxLength: 300 });

describe('gap counts', () => {
  it('are those of a plain tally, ascending', () => {
    fc.assert(fc.property(additions, (added) => {
      const counts = new GapCounts(index.count);
      const tally = [new Map<number, number>(), new Map<number, number>()];
      const count = (series: number, gap: number, times: number) => void (times > 0 && tally[series]!.set(gap, (tally[series]!.get(gap) ?? 0) + times));
      for (const each of added) {
        if ('series' in each) {
          counts.addOne(each.gap, each.series);
          count(each.series, each.gap, 1);
        } else {
          counts.addAll(each.gap, Int32Array.from(each.members), each.times);
          each.members.forEach((members, series) => count(series, each.gap, members * each.times));
        }
      }
      const expected = tally.flatMap((map, series) => (map.size === 0 ? [] : [{
        class: series, entries: [...map].sort(([a], [b]) => a - b),
      }]));
      const found = counts.collect(index).map(({ class: series, values, counts: times }) => ({ class: series, entries: Array.from(values, (value, i) => [value, times[i]]) }));
      expect(found).toEqual(expected);
    }), { numRuns: 50 });
  });
});

describe('a series', () => {
  it('is of one class and tenant while there are up to 64 pairs of them, else of a class', () => {
    const series = (classes: number, tenants: number) => {
      const names = Array.from({ length: tenants }, (_, tenant) => `t${tenant}`);
      const of = new SeriesIndex({ ...tableOf([], classesOf(Array.from({ length: classes }, () => 1))), tenants: names });
      return [of.count, of.tenantOf(1)];
    };
    expect([series(8, 8), series(5, 13), series(64, 1), series(2, 3)]).toEqual([[64, 1], [5, -1], [64, 0], [6, 1]]);
  });
});
