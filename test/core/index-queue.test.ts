/** The queue in order of index against a sorted list. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IndexQueue } from '../../src/core/index-queue.ts';

const indices = fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 200 });

it('IndexQueue gives the least, whatever came before it', () => {
  fc.assert(fc.property(indices, fc.array(fc.nat({ max: 3 })), (all, takes) => {
    const queue = new IndexQueue();
    const model: number[] = [];
    const take = (): void => {
      expect(queue.first).toBe(model[0]);
      expect(queue.take()).toBe(model.shift());
    };
    all.forEach((index, i) => {
      queue.add(index);
      model.push(index);
      model.sort((a, b) => a - b);
      for (let k = 0; k < (takes[i] ?? 0) && model.length > 0; k++) take();
      expect(queue.size).toBe(model.length);
    });
    while (model.length > 0) take();
    expect(queue.size).toBe(0);
  }));
});
