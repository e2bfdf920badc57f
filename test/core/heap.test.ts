/** The heap against sorting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedHeap } from '../../src/core/heap.ts';

const entries = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat({ max: 1e9 })), { maxLength: 200 });
const inOrder = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0] || a[1] - b[1];

function drain(heap: KeyedHeap): [number, number][] {
  const result: [number, number][] = [];
  while (heap.size > 0) {
    const key = heap.minKey;
    result.push([key, heap.pop()]);
  }
  return result;
}

describe('KeyedHeap', () => {
  it('gives entries by key, then by id', () => {
    fc.assert(fc.property(entries, (all) => {
      const heap = new KeyedHeap();
      for (const [key, id] of all) heap.push(key, id);
      expect(drain(heap)).toEqual(all.toSorted(inOrder));
    }));
  });

  it('keeps the order when pushes and pops alternate', () => {
    fc.assert(fc.property(entries, fc.array(fc.boolean()), (all, pops) => {
      const heap = new KeyedHeap();
      const model: [number, number][] = [];
      all.forEach(([key, id], i) => {
        heap.push(key, id);
        model.push([key, id]);
        model.sort(inOrder);
        if (pops[i]) expect(heap.pop()).toBe(model.shift()![1]);
        expect(heap.size).toBe(model.length);
        if (model.length > 0) expect([heap.minKey, heap.minId]).toEqual(model[0]);
      });
    }));
  });

  it('is empty after clear', () => {
    const heap = new KeyedHeap();
    for (let i = 0; i < 100; i++) heap.push(i % 7, i);
    heap.clear();
    expect(heap.size).toBe(0);
    heap.push(1, 2);
    expect(drain(heap)).toEqual([[1, 2]]);
  });
});
