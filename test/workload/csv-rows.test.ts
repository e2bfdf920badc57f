/** CSV as csv-parse reads it, whatever the pieces it comes in, and in time that grows with its length alone. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRows } from '../../src/workload/csv-rows.ts';

function rowsOf(pieces: readonly string[], separator?: string): { cells: readonly string[]; line: number }[] {
  const found: { cells: readonly string[]; line: number }[] = [];
  const rows = new CsvRows((cells, line) => found.push({ cells, line }), separator);
  for (const piece of pieces) rows.push(piece);
  rows.end();
  return found;
}

/** The text in pieces of up to `size` characters. */
function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', ',', ';', '"', '\n', '\r\n', 'é'), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

describe('rows', () => {
  test('are those that csv-parse reads, in any pieces', () => {
    fc.assert(fc.property(table, fc.constantFrom('\n', '\r\n'), fc.constantFrom(',', ';'), fc.boolean(), fc.integer({ min: 1, max: 9 }), (cells, newline, separator, ended, size) => {
      const quoted = cells.map((row) => row.map((text) => (/[,;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(separator));
      const text = quoted.join(newline) + (ended ? newline : '');
      const expected = parse(text, { delimiter: separator, relax_column_count: true, record_delimiter: ['\r\n', '\n'] }) as string[][];
      expect(rowsOf(pieces(text, size), separator).map((row) => row.cells)).toEqual(expected.filter((row) => row.length > 1 || row[0]!.trim() !== ''));
    }));
  });

  test('tell the line that they begin at, through blank lines and quoted line ends', () => {
    expect(rowsOf(['a,b\n\n \n"1\n2",3\r\n4,5']).map(({ line }) => line)).toEqual([1, 4, 6]);
  });

  test.each([
    ['"a', 'a quote is opened and never closed', 1],
    ['x\ny,"a\nb', 'a quote is opened and never closed', 2],
    ['x\na"b\n', 'a quote in the middle of a field', 2],
    ['"a"b,c\n', 'a quote in the middle of a field', 1],
    ['a'.repeat(1.1 * 2 ** 20), 'a row of more than 1 MiB: this does not look like CSV', 1],
  ])('%.20j is none', (text, message, line) => {
    expect(() => rowsOf([text])).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ message, line })] }));
  });

  test('of another length than the first cost no more than others', () => {
    const time = (text: string): number => {
      const { user, system } = process.cpuUsage();
      rowsOf([text]);
      const spent = process.cpuUsage({ user, system });
      return spent.user + spent.system;
    };
    const [even, ragged, blank] = ['1,2,3\n', '1,2\n', '\n'].map((row) => time(`a,b,c\n${row.repeat(100_000)}`)) as [number, number, number];
    // A stack for each would be a hundred times as much.
    expect(Math.max(ragged, blank)).toBeLessThan(10 * even + 100_000);
  });
});
