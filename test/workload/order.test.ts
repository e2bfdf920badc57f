import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stableOrder } from '../../src/workload/order.ts';

test('the order is that of a stable sort', () => {
  const keys = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
  fc.assert(fc.property(keys, (values) => {
    const expected = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
    const order = stableOrder(Float64Array.from(values));
    expect(order === undefined ? values.map((_, i) => i) : [...order]).toEqual(expected);
  }));
});

test('what is sorted is left alone', () => {
  expect(stableOrder(Float64Array.from([1, 1, 2, 5]))).toBeUndefined();
  expect(stableOrder(new Float64Array())).toBeUndefined();
});

test('a long list backwards, with ties', () => {
  const keys = Float64Array.from({ length: 10_001 }, (_, i) => -(i >> 1));
  const order = stableOrder(keys)!;
  expect([...order].every((position, i) => i === 0 || keys[position]! > keys[order[i - 1]!]! || position > order[i - 1]!)).toBe(true);
  expect(new Set(order).size).toBe(keys.length);
});
