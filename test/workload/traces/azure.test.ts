/** The Azure format: small files with everything that may differ, malformed ones, and the real traces where they are. */
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeWorkload } from '../../../src/workload/describe.ts';
import type { FileAccess } from '../../../src/workload/files.ts';
import { fits, hasHeading } from '../../../src/workload/traces/detect.ts';
import { azure } from '../../../src/workload/traces/formats/azure.ts';
import { headingsOf } from '../../../src/workload/traces/separators.ts';

import { filesOf } from '../files.ts';
import { build, buildFaults, rowsFrom } from '../scenario.ts';

const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens';
const trace = (options: Readonly<Record<string, unknown>> = {}) => ({ trace: { file: 'trace.csv', class: 'high', ...options } });
const rowsOfText = (text: string | Uint8Array, options?: Readonly<Record<string, unknown>>, chunk?: number) =>
  rowsFrom([trace(options)], { files: filesOf({ 'trace.csv': text }, chunk) });
const faultsOfText = (text: string | Uint8Array, options?: Readonly<Record<string, unknown>>) =>
  buildFaults([trace(options)], { files: filesOf({ 'trace.csv': text }) });

const folder: FileAccess = { open: (path) => createReadStream(path) };

describe('a file', () => {
  test('with columns in another order and case, a byte order mark, CRLF, quotes, an extra column and blank lines', async () => {
    const file = fileURLToPath(new URL('../../fixtures/traces/shuffled-columns.csv', import.meta.url));
    const { reports } = await build([trace({ file })], { files: folder });
    expect(reports).toEqual([{
      source: '1', file, format: 'azure', rowsRead: 4, rowsKept: 3, dropped: { 'no output tokens': 1 }, outOfOrder: 0, unused: {}, notes: [],
    }]);
    expect((await rowsFrom([trace({ file, name: 't' })], { files: folder })).map(({ id, arrival, promptTokens, outputTokens }) => ({ id, arrival, promptTokens, outputTokens }))).toEqual([
      { id: 't-1', arrival: 0, promptTokens: 100, outputTokens: 7 },
      // 01:59:59.9999995 to 02:30:00 is 1,800.0000005 s; from there on to 02:30:02.25.
      { id: 't-2', arrival: 1_800_000_001, promptTokens: 0, outputTokens: 9 },
      { id: 't-4', arrival: 1_802_250_001, promptTokens: 5, outputTokens: 3 },
    ]);
  });

  test('reads the same however its bytes are cut into chunks', async () => {
    const text = `\uFEFF${HEADER}\r\n2023-11-16 18:17:03.9799600,4808,10\r\n"2023-11-16 18:17:04.0319600","3180","8"\r\n2023-11-16 18:17:05.1,1.0,8`;
    const whole = await rowsOfText(text, {}, 1e6);
    expect(whole.map(({ arrival }) => arrival)).toEqual([0, 52_000, 1_120_040]);
    for (const chunk of [1, 2, 3, 5, 50]) expect(await rowsOfText(text, {}, chunk)).toEqual(whole);
  });

  test('times are exact tenths of a microsecond, rounded once, whatever the absolute time', () =>
    fc.assert(fc.asyncProperty(fc.array(fc.nat(86_400e7 - 1), { minLength: 1, maxLength: 20 }), async (tenths) => {
      const sorted = tenths.toSorted((a, b) => a - b);
      const lines = sorted.map((t) => {
        const second = Math.floor(t / 1e7);
        const [h, m, s] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((n) => String(n).padStart(2, '0'));
        return `2023-11-16 ${h}:${m}:${s}.${String(t % 1e7).padStart(7, '0')},1,1`;
      });
      const rows = await rowsOfText([HEADER, ...lines].join('\n'));
      // (x + 5) / 10, down: half up in whole numbers.
      expect(rows.map(({ arrival }) => arrival)).toEqual(sorted.map((t) => Math.floor((t - sorted[0]! + 5) / 10)));
    })));

  test('out of order is put in order, rows of equal time as they are in the file', async () => {
    const rows = await rowsOfText(`${HEADER}\n2023-01-01 00:00:05,1,1\n2023-01-01 00:00:03,2,2\n2023-01-01 00:00:05,3,3\n2023-01-01 00:00:03,4,4\n`);
    expect(rows.map(({ id, arrival }) => [id, arrival])).toEqual([['1-2', 0], ['1-4', 0], ['1-1', 2e6], ['1-3', 2e6]]);
  });

  test('with a header and no rows has no requests', async () => {
    expect(await rowsOfText(`${HEADER}\n`)).toEqual([]);
    expect(await rowsOfText(HEADER, { rate: 3 })).toEqual([]);
  });
});

describe('format: auto', () => {
  test('goes by the columns', () => {
    expect(fits(azure, hasHeading(HEADER.split(',')))).toBe(true);
    expect(fits(azure, hasHeading(headingsOf('"GeneratedTokens", "timestamp", "NumImages", "contexttokens"', ',')))).toBe(true);
    expect(fits(azure, hasHeading(['TIMESTAMP', 'ContextTokens']))).toBe(false);
  });

  test('a file in no known format is told what is known', async () => {
    expect(await faultsOfText('{"timestamp": 0}\n')).toEqual([{
      code: 'workload', file: 'trace.csv', line: 1, column: 1, message: 'is in no known trace format',
      help: expect.stringContaining('nearest: mooncake (it lacks input_length, output_length)'),
    }]);
  });

  test('a format that is named, and not the one of the file', async () => {
    expect(await faultsOfText('TIMESTAMP,tokens\n', { format: 'azure' })).toMatchObject([{ line: 1, message: 'has no column ContextTokens, GeneratedTokens' }]);
  });
});

describe('malformed', () => {
  test('every row is told with its place, the good ones notwithstanding', async () => {
    const text = [
      HEADER,
      '2023-11-16 18:17:03.9799600,4808,10',
      'yesterday,4808,10',
      '2023-11-16 18:17:04.0319600,many,8',
      '2023-11-16 18:17:04.0319600,31,-8',
      '2023-11-16 18:17:04.0319600,31,8,9',
      '2023-11-16 18:17:04.0319600,31,20000000',
      '2023-11-16 18:17:04.03196',
    ].join('\r\n');
    const faults = await faultsOfText(text);
    expect(faults.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '3:1 TIMESTAMP is not a time such as 2023-11-16 18:15:46.6805900',
      '4:29 ContextTokens is not a whole number of tokens, 0 to 10,000,000',
      '5:32 GeneratedTokens is not a whole number of tokens, 0 to 10,000,000',
      '6:34 has 4 fields where the header has 3',
      '7:32 GeneratedTokens is not a whole number of tokens, 0 to 10,000,000',
      '8:26 has 1 field where the header has 3',
    ]);
    // Of what stands there, numbers and times are shown: what the words of a file are is not known.
    expect(faults.map(({ sourceLine }) => sourceLine)).toEqual([undefined, undefined, '-8', '9', '20000000', undefined]);
  });

  test('a torn last row', async () => {
    expect(await faultsOfText(`${HEADER}\n2023-11-16 18:17:03,1,1\n2023-11-16 18:17:04,4`)).toMatchObject([{ line: 3, message: 'has 2 fields where the header has 3' }]);
  });

  test('lines are counted through quoted line ends and blank lines', async () => {
    const text = `${HEADER},note\n\n2023-11-16 18:17:03,1,1,"a\nb"\n2023-11-16 18:17:04,x,1,\n`;
    expect(await faultsOfText(text)).toMatchObject([{ line: 5, column: 21 }]);
  });

  test('many rows: the first twenty, and how many more', async () => {
    const faults = await faultsOfText([HEADER, ...Array.from({ length: 53 }, () => 'x,1,1')].join('\n'));
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toMatchObject({ message: 'and 33 more malformed rows' });
  });

  test('a quote that is never closed, with the malformed rows before it', async () => {
    const faults = await faultsOfText(`${HEADER}\nx,1,1\n"2023-11-16 18:17:03,1,1\n2023-11-16 18:17:04,1,1\n`);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('TIMESTAMP is not'), 'a quote is opened and never closed']);
  });

  test('no bytes, and bytes that are no text: nothing that would upset a terminal', async () => {
    expect(await faultsOfText('')).toMatchObject([{ message: 'the file is empty' }]);
    expect(await faultsOfText(Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256))).toMatchObject([{ message: 'the file is not text in UTF-8' }]);
    const [fault] = await faultsOfText('\u001b[2J\u0007\u009b'.repeat(100));
    expect(fault).toMatchObject({ message: 'is in no known trace format' });
    expect(fault!.sourceLine).toBeUndefined();
    expect(await faultsOfText(`${HEADER}\n${'9'.repeat(3 << 20)}`)).toMatchObject([{ message: expect.stringContaining('does not look like CSV') }]);
  });

  test('a fault far to the right is shown where it is', async () => {
    const [fault] = await faultsOfText(`note,${HEADER}\n${'n'.repeat(500)},2023-11-16 18:17:04,1.5,1\n`);
    expect(fault).toMatchObject({ sourceLine: '1.5', sourceColumn: 522, column: 522 });
  });
});

describe('a file that cannot be read', () => {
  const failing = (code: string): FileAccess => ({
    // eslint-disable-next-line require-yield
    async *open(path) {
      throw Object.assign(new Error(`${code}: no, ${path}`), { code });
    },
  });

  test('a missing one says where it comes from', async () => {
    const origin = 'https://github.com/Azure/AzurePublicDataset (CC BY 4.0)';
    expect(await buildFaults([trace({ origin })])).toEqual([
      { code: 'missing-data', path: ['workload', 0, 'trace', 'file'], message: 'workload[0].trace.file: trace.csv does not exist', help: `it comes from ${origin}` },
    ]);
    expect(await buildFaults([trace()])).toMatchObject([{ help: 'a path is relative to the folder of the scenario file' }]);
  });

  test.each([['EISDIR', 'workload[0].trace.file: trace.csv is a directory'], ['EACCES', 'workload[0].trace.file: trace.csv may not be read: permission denied'], ['EIO', 'workload[0].trace.file: trace.csv cannot be read: EIO: no, trace.csv']])('%s', async (code, message) => {
    expect(await buildFaults([trace()], { files: failing(code) })).toMatchObject([{ message }]);
  });

  test('what is not about the file is not hidden', async () => {
    // eslint-disable-next-line require-yield
    const broken: FileAccess = { async *open() { throw new TypeError('a bug'); } };
    await expect(build([trace()], { files: broken })).rejects.toThrow(TypeError);
  });

  test('one that fails half way is told as well', async () => {
    const torn: FileAccess = {
      async *open() {
        yield new TextEncoder().encode(`${HEADER}\n2023-11-16 18:17:03,1,1\n`);
        throw Object.assign(new Error('read failed'), { code: 'EIO' });
      },
    };
    expect(await buildFaults([trace()], { files: torn })).toMatchObject([{ message: 'workload[0].trace.file: trace.csv cannot be read: read failed' }]);
  });
});

const AZURE = fileURLToPath(new URL('../../../../shared/traces/azure/', import.meta.url));
const present = existsSync(AZURE);

describe.skipIf(!present)(`the real traces${present ? '' : ` (skipped: no ${AZURE})`}`, () => {
  const real = (name: string, options: Readonly<Record<string, unknown>> = {}) => build([trace({ file: `${AZURE}${name}`, ...options })], { files: folder });

  test('conversation, 2023: 19,366 requests in 3,501.7 s', async () => {
    const { table, reports } = await real('AzureLLMInferenceTrace_conv.csv');
    expect(reports[0]).toMatchObject({ format: 'azure', rowsRead: 19_366, rowsKept: 19_366, dropped: {} });
    // 18:15:46.6805900 to 19:14:08.4025270.
    expect(describeWorkload(table)).toMatchObject({
      requests: 19_366, span: 3_501_721_937, promptTokens: { max: 14_050 }, outputTokens: { max: 1000 },
    });
    expect(table.promptTokens.reduce((a, b) => a + b)).toBe(22_361_870);
    expect(table.outputTokens.reduce((a, b) => a + b)).toBe(4_088_665);
    expect([table.arrival[1], table.promptTokens[1], table.outputTokens[1]]).toEqual([4_314_579, 396, 109]);
  });

  test('code, 2023: 8,819 requests', async () => {
    const { table, reports } = await real('AzureLLMInferenceTrace_code.csv');
    expect(reports[0]).toMatchObject({ rowsRead: 8819, rowsKept: 8819, dropped: {} });
    expect(table.promptTokens.reduce((a, b) => a + b)).toBe(18_059_974);
    expect([table.arrival[1], table.promptTokens[1], table.outputTokens[1]]).toEqual([52_000, 3180, 8]);
  });

  test.each(['azure2024_code', 'azure2024_conv', 'azure2025_multimodal'])('the first rows of %s', async (name) => {
    const { reports } = await real(`${name}.notebook-head5.csv`);
    expect(reports[0]).toMatchObject({ format: 'azure', rowsRead: 5, rowsKept: 5 });
  });

  test('at a given mean rate', async () => {
    const { table } = await real('AzureLLMInferenceTrace_conv.csv', { rate: 2 });
    expect(describeWorkload(table).rate).toBeCloseTo(2, 8);
  });
});
