/** Code frames: the caret stands under the fault, on any page, and no file can write to the terminal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/core/fault.ts';
import type { FilePlace } from '../../../src/core/place.ts';
import { codeFrame, codeFrames } from '../../../src/render/text/code-frame.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { width } from '../../../src/render/text/text.ts';

const page = { columns: 80, style: PLAIN };

const fault = (fields: Partial<Fault<FilePlace>>): Fault<FilePlace> => ({ code: 'out-of-range', message: 'must be at least 1', file: 'a.yaml', ...fields });

describe('a code frame', () => {
  it('shows file, line and column, the source line with a caret, and the help', () => {
    const diagnostic = fault({ help: 'most requests in a step', line: 6, column: 17, length: 2, sourceLine: '  maxBatchSize: -1' });
    expect(codeFrame(diagnostic, page)).toBe([
      'a.yaml:6:17: error: must be at least 1 [out-of-range]',
      ' 6 |   maxBatchSize: -1',
      '   |                 ^^',
      '    = help: most requests in a step',
    ].join('\n'));
  });

  it('of a whole file has no source line; a warning says so', () => {
    expect(codeFrame(fault({ severity: 'warning' }), page)).toBe('a.yaml: warning: must be at least 1 [out-of-range]');
  });

  it('of a line without a column has no caret', () => {
    const frame = codeFrame(fault({ line: 3, sourceLine: 'torn,row' }), page);
    expect(frame.split('\n')).toEqual(['a.yaml:3: error: must be at least 1 [out-of-range]', ' 3 | torn,row']);
  });

  it('is separated from the next by an empty line', () => {
    expect(codeFrames([fault({}), fault({})], page)).toMatch(/^a\.yaml.*\n\na\.yaml.*\n$/);
    expect(codeFrames([], page)).toBe('');
  });

  it('keeps an address whole, so that it can be followed', () => {
    const address = `https://example.org/${'data/'.repeat(20)}trace.csv`;
    expect(codeFrame(fault({ help: `it comes from ${address}` }), page).split('\n').at(-1)!.trim()).toBe(address);
  });

  it('cannot be made to write to the terminal', () => {
    const hostile = '\u001b[2J\u202egnp.exe\r\n\u0007';
    const text = codeFrame(fault({ message: hostile, help: hostile, file: hostile, line: 1, column: 1, length: 3, sourceLine: hostile }), page);
    // oxlint-disable-next-line no-control-regex
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain('\\x1b[2J');
  });
});

describe('the caret', () => {
  /** The text above the caret, found by terminal columns. */
  const above = (frame: string): string => {
    const [, source, caret] = frame.split('\n');
    const lead = caret!.indexOf('^');
    const until = lead + caret!.match(/\^+/)![0].length;
    let column = 0;
    return Array.from(source!).filter((char) => {
      const inside = column >= lead && column < until;
      column += width(char);
      return inside;
    }).join('');
  };
  const at = (sourceLine: string, word: string, extra: Partial<Fault<FilePlace>> = {}): Fault<FilePlace> =>
    fault({ line: 12, column: sourceLine.indexOf(word) + 1, length: word.length, sourceLine, ...extra });

  it.each([
    ['plain', 'engine: { maxBatchSize: zero }'],
    ['after tabs', '\tengine:\tzero'],
    ['after wide characters', '「優先」: zero'],
    ['after an emoji', '😀: zero'],
    ['after control characters', 'a\u001bb: zero'],
    ['at the end of a long line', `${'x'.repeat(300)}zero`],
    ['in a long line', `${'x'.repeat(300)} zero ${'y'.repeat(300)}`],
    ['at the start of a long line', `zero ${'y'.repeat(300)}`],
  ])('stands under the fault: %s', (_, line) => {
    expect(above(codeFrame(at(line, 'zero'), page))).toBe('zero');
    expect(above(codeFrame(at(line, 'zero'), { ...page, columns: 40 }))).toBe('zero');
  });

  it('stands under the fault of a line that was cut before', () => {
    const cut = at('some text zero', 'zero');
    expect(above(codeFrame({ ...cut, column: cut.column! + 5000, sourceColumn: 5001 }, page))).toBe('zero');
  });

  it('has a place beyond the end of the line', () => {
    const [, source, caret] = codeFrame(fault({ line: 1, column: 9, length: 1, sourceLine: 'engine: ' }), page).split('\n');
    expect(source).toBe(' 1 | engine:');
    expect(caret!.indexOf('^')).toBe(' 1 | engine: '.length);
  });

  it('and its line are never wider than the page', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.nat(), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 40, max: 120 }), (line, start, length, columns) => {
      const column = 1 + (start % (line.length + 1));
      const [, source, caret] = codeFrame(fault({ line: 1, column, length, sourceLine: line.replace(/[\r\n]/g, '') }), { ...page, columns }).split('\n');
      expect(width(source!)).toBeLessThanOrEqual(columns);
      expect(width(caret!)).toBeLessThanOrEqual(columns);
      expect(caret).toContain('^');
    }), { numRuns: 200 });
  });
});
