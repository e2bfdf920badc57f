/** Rows of --requests: the fast ways to write them say what the general ones do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toSeconds } from '../../../src/core/time.ts';
import { csvField } from '../../../src/render/runs/csv.ts';
import { secondsText } from '../../../src/render/runs/requests.ts';

test('whole microseconds are written as their seconds are', () =>
  fc.assert(fc.property(fc.oneof(fc.nat(3e6), fc.nat(1e15), fc.nat(1e9).map((seconds) => seconds * 1e6)), (micros) => {
    expect(secondsText(micros)).toBe(String(toSeconds(micros)));
  })));

test('never is empty', () => {
  expect([NaN, Infinity].map(secondsText)).toEqual(['', '']);
});

test('what a field needs in quotes stands in them, what is plain stays', () => {
  expect(['chat-1', 'a b', 'a,b', 'say "x"', ' a', 'Zoë', '', 'a\u001bb'].map(csvField)).toEqual(['chat-1', 'a b', '"a,b"', '"say ""x"""', '" a"', 'Zoë', '', 'a\\x1bb']);
});
