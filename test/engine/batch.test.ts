/** Steps that are only counted: the counter is set back before it outgrows its columns. */
import { expect, it } from 'vitest';
import { Batch } from '../../src/engine/batch.ts';
import { SeriesIndex } from '../../src/engine/books/gaps.ts';
import { classesOf, tableOf } from '../support.ts';

it('a batch is worn when its steps come near 2^31, and as new once it is dissolved', () => {
  const batch = new Batch(2, 1, new SeriesIndex(tableOf([], classesOf([1]))));
  const slot = batch.admit(0, 1, 2 ** 31 - 1, undefined);
  batch.join(slot, 0);
  expect(batch.isWorn).toBe(false);
  batch.advance(2 ** 30 + 1, 1);
  expect(batch.isWorn).toBe(true);
  batch.dissolve();
  expect([batch.isWorn, batch.tick]).toEqual([false, 0]);
});
