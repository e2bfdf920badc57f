/** The width of text is what cli-table3 makes of it, by whichever way it is measured. */
import { strlen } from 'cli-table3/src/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { width } from '../../../src/render/text/text.ts';

describe('width', () => {
  it('of every character of the basic plane is that of cli-table3', () => {
    const wrong: string[] = [];
    for (let code = 0; code < 0x3000; code++) {
      const char = String.fromCharCode(code);
      if (width(char) !== strlen(char)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('of any text is that of cli-table3: neighbours do not matter', () => {
    const char = fc.oneof(fc.constantFrom('a', '–', '−', '©', '®', '\ufe0f', '▲', '優', '👍', '\u001b[31m', 'é', '\u0301'), fc.string({ unit: 'binary', maxLength: 1 }).filter((text) => text !== '\n'));
    fc.assert(fc.property(fc.array(char, { maxLength: 8 }), (chars) => width(chars.join('')) === strlen(chars.join(''))));
  });
});
