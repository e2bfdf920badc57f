/** Amounts with a unit: what they are worth, and what is refused. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { amountText, bytes, bytesPerSecond, flops } from '../../src/core/quantities.ts';

const read = (schema: v.GenericSchema<unknown, unknown>, text: unknown) => {
  const { success, output, issues } = v.safeParse(schema, text);
  return success ? output : issues[0].message;
};

describe('amounts', () => {
  it.each([['141GB', 141e9], ['80 GiB', 80 * 2 ** 30], ['1.5TB', 1.5e12], ['512MiB', 2 ** 29]])('%s of memory', (text, value) => {
    expect(read(bytes(''), text)).toBe(value);
  });

  it('of bandwidth and operations per second', () => {
    expect(read(bytesPerSecond(''), '4.8TB/s')).toBe(4.8e12);
    expect(read(flops(''), '989TFLOPS')).toBe(989e12);
    expect(read(flops(''), '2.25PFLOP/s')).toBe(2.25e15);
  });

  // Gigabits are not gigabytes, and a bare number is nothing.
  it.each([[bytes(''), '141'], [bytes(''), 141], [bytes(''), '141Gb'], [bytes(''), '0GB'], [bytesPerSecond(''), '400Gb/s'], [bytesPerSecond(''), '4.8TB'], [flops(''), '989T'], [flops(''), null]])(
    'without their unit are refused (%#)',
    (schema, text) => {
      expect(read(schema, text)).toEqual(expect.any(String));
    },
  );

  it('are shown with four digits', () => {
    expect([amountText(16_059_990_016, 'B'), amountText(4.8e12, 'B/s'), amountText(989.4e12, 'FLOPS'), amountText(512, 'B')]).toEqual(['16.06 GB', '4.8 TB/s', '989.4 TFLOPS', '512 B']);
  });
});
