/** `format: table`: any table, whatever its separator, units and names. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileAccess } from '../../../src/workload/files.ts';
import { filesOf } from '../files.ts';
import { build, buildFaults, faultsOf as schemaFaults, rowsFrom, rowsOf } from '../scenario.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/traces');
const folder: FileAccess = { open: (path) => createReadStream(join(FIXTURES, path)) };
const COLUMNS = { arrival: 'at', promptTokens: 'in', outputTokens: 'out' };
const table = (options: Readonly<Record<string, unknown>>) => ({ trace: { name: 't', file: 'x', format: 'table', class: 'high', columns: COLUMNS, ...options } });
const rowsOfText = (text: string, options: Readonly<Record<string, unknown>>) => rowsFrom([table(options)], { files: filesOf({ x: text }) });
const faultsOfText = (text: string, options: Readonly<Record<string, unknown>>) => buildFaults([table(options)], { files: filesOf({ x: text }) });
const arrivals = async (text: string, options: Readonly<Record<string, unknown>>) => (await rowsOfText(text, options)).map(({ arrival }) => arrival);

test('tabs, milliseconds, classes, tenants, sessions and targets of its own', async () => {
  const columns = { arrival: 'at_ms', promptTokens: 'prompt', outputTokens: 'completion', class: 'tier', tenant: 'org', session: 'conv', latency: 'slo_ms' };
  const { table: built, reports: [report] } = await build([table({ file: 'gateway.tsv', columns, unit: 'ms', class: undefined })], { files: folder });
  expect(rowsOf(built)).toEqual([
    { id: 't-2', arrival: 0, promptTokens: 20, outputTokens: 5, class: 'low', tenant: 'beta', sla: {} },
    { id: 't-1', arrival: 1_250_000, promptTokens: 10, outputTokens: 4, class: 'high', tenant: 'acme', sla: { latency: 800_000 } },
    { id: 't-3', arrival: 1_500_250, promptTokens: 30, outputTokens: 6, class: 'high', tenant: 'acme', sla: { latency: 900_000 } },
  ]);
  expect([...built.session!]).toEqual([2, 1, 1]);
  expect(report).toMatchObject({ format: 'table', outOfOrder: 1, unused: { note: 2 } });
  expect(report!.notes).toContain('1 row out of order, the first in line 3: put in order of time');
});

test.each([',', ';', '\t', '|'])('separated by %j', async (separator) => {
  const text = ['at,in,out', '0,1,2', '"1.5",3,4'].join('\n').replaceAll(',', separator);
  expect(await arrivals(text, { unit: 's' })).toEqual([0, 1_500_000]);
});

test('a separator that is told', async () => {
  expect(await arrivals('at::in::out\n0::1::2\n3::1::2\n', { unit: 's', separator: '::' })).toEqual([0, 3_000_000]);
});

test('JSON lines, with keys within objects, and a JSON list of the same objects', async () => {
  const options = { unit: 'us', columns: { arrival: 'when.start', promptTokens: 'usage.prompt_tokens', outputTokens: 'usage.completion_tokens' } };
  const rows = [{ when: { start: 10 }, usage: { prompt_tokens: 5, completion_tokens: 6 } }, { when: { start: 35 }, usage: { prompt_tokens: 7, completion_tokens: 8 } }];
  const lines = await rowsOfText(rows.map((row) => JSON.stringify(row)).join('\n'), options);
  expect(lines.map(({ arrival, promptTokens, outputTokens }) => [arrival, promptTokens, outputTokens])).toEqual([[0, 5, 6], [25, 7, 8]]);
  expect(await rowsOfText(JSON.stringify(rows, null, 2), options)).toEqual(lines);
});

describe('times', () => {
  test.each([
    ['s', '1700000000.123456,1,1\n1700000001.5,1,1', 1_376_544],
    ['ms', '1700000000123.456,1,1\n1700000001500,1,1', 1_376_544],
    ['us', '1700000000123456,1,1\n1700000001500000,1,1', 1_376_544],
    ['ns', '1700000000123456000,1,1\n1700000001500000000,1,1', 1_376_544],
    ['time', '2023-11-14 22:13:20.123456,1,1\n2023-11-14T22:13:21.5Z,1,1', 1_376_544],
    [undefined, '1700000000.123456,1,1\n1700000001.5,1,1', 1_376_544],
    [undefined, '1700000000123456000,1,1\n1700000001500000000,1,1', 1_376_544],
    [undefined, '2023-11-14 22:13:20.123456,1,1\n2023-11-14T22:13:21.5Z,1,1', 1_376_544],
  ])('in %s', async (unit, rows, gap) => {
    expect(await arrivals(`at,in,out\n${rows}\n`, { unit })).toEqual([0, gap]);
  });

  test('are exact to the nanosecond in any unit, and rounded once', () =>
    fc.assert(fc.asyncProperty(fc.constantFrom(['s', 9], ['ms', 6], ['us', 3], ['ns', 0] as const), fc.array(fc.bigInt(0n, 10n ** 15n), { minLength: 1, maxLength: 8 }), async ([unit, places], nanos) => {
      // From nought: times that all lie in one month of our days would be taken for dates.
      const sorted = [0n, ...nanos].sort((a, b) => (a < b ? -1 : 1));
      const text = (value: bigint) => {
        const digits = String(value).padStart(Number(places) + 1, '0');
        return places === 0 ? digits : `${digits.slice(0, -Number(places))}.${digits.slice(-Number(places))}`;
      };
      const got = await arrivals(['at,in,out', ...sorted.map((value) => `${text(value)},1,1`)].join('\n'), { unit: unit as string });
      expect(got).toEqual(sorted.map((value) => Number((value - sorted[0]! + 500n) / 1000n)));
    })));

  test('a number that may be anything is asked for', async () => {
    expect(await faultsOfText('at,in,out\n0.5,1,1\n', {})).toMatchObject([{ message: 'does not say in what its times are', help: expect.stringContaining('unit: s, ms, us or ns') }]);
  });

  test('a unit that cannot be meant is refused', async () => {
    const [fault] = await faultsOfText('at,in,out\n1700000000123,1,1\n1700000001500,1,1\n', { unit: 's' });
    expect(fault).toMatchObject({ message: 'its times are said to be in s, and would be dates of our days in ms' });
    expect(await arrivals('at,in,out\n1200000000,1,1\n2100000000,1,1\n', { unit: 'ns' })).toEqual([0, 900_000]);
  });
});

describe('rows that cannot be read', () => {
  const TEXT = 'at,in,out\n1,5,5\n2s,5,5\n-3,5,5\n4,5 tokens,5\n5,5,99999999\n6,5\n7,5,5,5\n8,1e3,5\n0.5,6,6\n';
  const PLACES = ['3:1', '4:1', '5:3', '6:5', '7:4', '8:7', '9:3'];

  test('are all told, and the file refused', async () => {
    const faults = await faultsOfText(TEXT, { unit: 's' });
    expect(faults.map(({ line, column }) => `${line}:${column}`)).toEqual(PLACES);
    expect(faults[0]).toMatchObject({ message: 'at is not a number of seconds', file: 'x', sourceLine: '2s' });
  });

  test('or left out and counted: read = kept + dropped', async () => {
    const { reports: [report] } = await build([table({ unit: 's', malformed: 'drop' })], { files: filesOf({ x: TEXT }) });
    expect(report).toMatchObject({ rowsRead: 9, rowsKept: 2, dropped: { malformed: 7 }, outOfOrder: 1 });
  });

  test('or, strictly, refused whatever else is said; rows out of order too', async () => {
    expect((await faultsOfText(TEXT, { unit: 's', malformed: 'drop', strict: true })).length).toBe(7);
    expect(await faultsOfText('at,in,out\n2,1,1\n1,1,1\n1.5,1,1\n', { unit: 's', strict: true })).toMatchObject([
      { file: 'x', line: 3, column: 1, message: 'arrives before a row above it, as 1 more do' },
    ]);
  });

  test('a line of JSON that was torn', async () => {
    const text = '{"at": 1, "in": 2, "out": 3}\n{"at": 2, "in": 2, "ou';
    expect(await faultsOfText(text, { unit: 's' })).toMatchObject([{ line: 2, message: expect.stringContaining('is not a JSON object') }]);
    expect(await faultsOfText('{"at": 1, "in": 2, "out": 3}\n{"at": 2, "in": "many", "out": 3}', { unit: 's' })).toMatchObject([{ line: 2, column: 11 }]);
  });

  test('no more of the file is shown than the field that is at fault', async () => {
    const faults = await faultsOfText('at,in,out,text\n1,x,1,secret\n', { unit: 's' });
    expect(JSON.stringify(faults)).not.toContain('secret');
    expect(JSON.stringify(await faultsOfText('{"at": 1, "in": 2, "out": 3}\n{"at": 2, "in": "x", "out": 3, "text": "secret"}', { unit: 's' }))).not.toContain('secret');
  });
});

describe('what does not fit', () => {
  test('columns that are not there', async () => {
    expect(await faultsOfText('time,in,out\n', { unit: 's' })).toMatchObject([{ line: 1, message: 'has no column at', help: 'columns that may be meant: time, in, out' }]);
    expect(await faultsOfText('at,in\n', { unit: 's', columns: { arrival: 'at', promptTokens: 'in' } })).toMatchObject([{ message: 'columns does not say which column is outputTokens' }]);
  });

  test('columns for another format, and a table without', () => {
    expect(schemaFaults({ trace: { file: 'x', format: 'azure', columns: COLUMNS } })).toEqual([expect.stringContaining('has columns, which are for format: table')]);
    expect(schemaFaults({ trace: { file: 'x', format: 'table' } })).toEqual([expect.stringContaining('needs columns')]);
  });

  test('a class that the scenario does not have', async () => {
    const faults = await faultsOfText('at,in,out,tier\n0,1,1,high\n1,1,1,gold\n2,1,1,silver\n', { unit: 's', class: undefined, columns: { ...COLUMNS, class: 'tier' } });
    expect(faults).toMatchObject([{ file: 'x', line: 3, message: 'there is no class gold, nor 1 more that it names' }]);
  });

  test('a file without classes, where the scenario has several', async () => {
    expect(await faultsOfText('at,in,out\n0,1,1\n', { unit: 's', class: undefined })).toMatchObject([{ message: 'workload[0].trace needs a class, as the scenario has several' }]);
  });
});
