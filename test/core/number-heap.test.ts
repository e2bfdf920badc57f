/** The heap of numbers against sorting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberHeap } from '../../src/core/number-heap.ts';

const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 });

function drain(heap: NumberHeap): number[] {
  const result: number[] = [];
  for (; heap.size > 0; heap.pop()) result.push(heap.min);
  return result;
}

describe('NumberHeap', () => {
  it('gives values in ascending order, equal ones as often as they were pushed', () => {
    fc.assert(fc.property(numbers, (all) => {
      const heap = new NumberHeap();
      for (const value of all) heap.push(value);
      expect(drain(heap)).toEqual(all.toSorted((a, b) => a - b));
    }));
  });

  it('keeps the order when pushes and pops alternate', () => {
    fc.assert(fc.property(numbers, fc.array(fc.boolean()), (all, pops) => {
      const heap = new NumberHeap();
      const model: number[] = [];
      all.forEach((value, i) => {
        heap.push(value);
        model.push(value);
        model.sort((a, b) => a - b);
        if (pops[i]) {
          heap.pop();
          model.shift();
        }
        expect(heap.size).toBe(model.length);
        if (model.length > 0) expect(heap.min).toBe(model[0]);
      });
    }));
  });

  it('moves all values together', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: -1000, max: 1000 }), (all, amount) => {
      const heap = new NumberHeap();
      for (const value of all) heap.push(value);
      heap.subtract(amount);
      expect(drain(heap)).toEqual(all.map((value) => value - amount).sort((a, b) => a - b));
    }));
  });

  it('is empty after clear', () => {
    const heap = new NumberHeap();
    for (let i = 0; i < 100; i++) heap.push(i % 7);
    heap.clear();
    expect(heap.size).toBe(0);
    heap.push(1);
    expect(drain(heap)).toEqual([1]);
  });
});
