import { expect, test } from 'vitest';
import { logGamma } from '../../src/core/log-gamma.ts';

test('Γ(n) is (n - 1)!', () => {
  let factorial = 1;
  for (let n = 1; n <= 40; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
    factorial *= n;
  }
});

test('Γ(1/2) is √π, and Γ(x + 1) is x Γ(x)', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  for (const x of [0.5, 0.9, 1.3, 2.7, 11.1, 40.4]) expect(logGamma(x + 1)).toBeCloseTo(Math.log(x) + logGamma(x), 11);
});
