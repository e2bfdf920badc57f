/** Every trace format, on a few rows that were written by hand: what is read, what is left out, what is said. */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { FileAccess } from '../../../src/workload/files.ts';
import { TRACE_FORMATS } from '../../../src/workload/traces/index.ts';
import { filesOf } from '../files.ts';
import { build, buildFaults, rowsOf } from '../scenario.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/traces');
const folder: FileAccess = { open: (path) => createReadStream(join(FIXTURES, path)) };
const trace = (file: string, options: Readonly<Record<string, unknown>> = {}) => ({ trace: { name: 't', file, class: 'high', ...options } });
const read = (file: string, options?: Readonly<Record<string, unknown>>) => build([trace(file, options)], { files: folder });

interface Expected {
  readonly format: string;
  /** Arrival in microseconds, prompt tokens, output tokens. */
  readonly rows: readonly (readonly [arrival: number, prompt: number, output: number])[];
  readonly dropped?: Readonly<Record<string, number>>;
  readonly unused?: Readonly<Record<string, number>>;
  readonly outOfOrder?: number;
  readonly sessions?: readonly number[];
  readonly blocks?: readonly (readonly number[])[];
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'azure-2025.csv': { format: 'azure', rows: [[0, 120, 40], [750_000, 900, 15], [3_250_000, 640, 70]], unused: { NumImages: 2 } },
  'mooncake.jsonl': { format: 'mooncake', rows: [[0, 1200, 30], [3_000_000, 700, 12], [3_000_000, 90, 5]], blocks: [[7, 8, 9], [7, 10], [11]] },
  'bailian.jsonl': {
    format: 'bailian', rows: [[0, 33, 20], [750_000, 16, 9], [9_000_000, 70, 11], [29_500_000, 99, 8]],
    sessions: [1, 2, 1, 1], blocks: [[1, 2, 3], [4], [1, 2, 3, 5, 6], [1, 2, 3, 5, 6, 7, 8]],
  },
  'ragpulse.jsonl': { format: 'ragpulse', rows: [[0, 2100, 64], [7_000_000, 2400, 31]], sessions: [1, 1], blocks: [[1, 2, 50, 51, 90], [1, 2, 50, 70, 91]] },
  'burstgpt-1.csv': { format: 'burstgpt', rows: [[0, 40, 8], [19_000_000, 310, 25]], dropped: { 'no output tokens': 1 } },
  'burstgpt-3.csv': {
    format: 'burstgpt', rows: [[0, 40, 8], [20_000_000, 300, 60], [41_000_000, 95, 30]], sessions: [1, 2, 1], unused: { 'Elapsed time': 3 },
  },
  'vidur.csv': { format: 'vidur', rows: [[0, 800, 10], [52_000, 300, 8], [1_500_000, 11, 27]] },
  'splitwise-sim.csv': { format: 'splitwise-sim', rows: [[0, 512, 6], [1_500_000, 64, 9]] },
  'llmservingsim.jsonl': { format: 'llmservingsim', rows: [[0, 128, 12], [2499, 64, 5]], unused: { input_tok_ids: 1 } },
  'llmservingsim-run.jsonl': { format: 'llmservingsim-run', rows: [[0, 20, 3], [200_001, 30, 4]] },
  'vllm-bench.json': { format: 'vllm-bench', rows: [[0, 10, 4], [500_000, 20, 5]], dropped: { 'no output tokens': 1 }, unused: { errors: 1 } },
  'guidellm-1.json': {
    format: 'guidellm', rows: [[0, 32, 9], [1_250_000, 64, 7]], dropped: { 'no output tokens': 1 }, unused: { errored: 1 }, outOfOrder: 1,
  },
  'guidellm-2.json': { format: 'guidellm', rows: [[0, 64, 7]] },
  'aiperf.jsonl': {
    format: 'aiperf', rows: [[0, 55, 9], [250_000, 80, 3]], dropped: { 'sent to warm up': 1, failed: 1 },
    unused: { 'metadata.was_cancelled': 1 }, sessions: [1, 1],
  },
  'inference-perf.json': { format: 'inference-perf', rows: [[0, 21, 6], [750_000, 34, 4]], dropped: { failed: 1 } },
  'openrouter.csv': {
    format: 'openrouter', rows: [[0, 400, 50], [2_000_000, 150, 20]], unused: { cost_total: 2, cancelled: 1, tokens_cached: 1, tokens_reasoning: 1 },
  },
  'sched-requests.csv': { format: 'sched', rows: [[500_000, 10, 4], [750_000, 0, 9]], dropped: { 'of another scheduler': 2 } },
};

describe.each(Object.entries(EXPECTED))('%s', (file, { format, rows, dropped = {}, unused = {}, outOfOrder = 0, sessions, blocks }) => {
  test('is known by its content and read', async () => {
    const { table, reports: [report] } = await read(file);
    expect(rowsOf(table).map(({ arrival, promptTokens, outputTokens }) => [arrival, promptTokens, outputTokens])).toEqual(rows);
    const lost = Object.values(dropped).reduce((a, b) => a + b, 0);
    expect(report).toMatchObject({ format, rowsKept: rows.length, rowsRead: rows.length + lost, dropped, unused, outOfOrder });
    expect(table.session && [...table.session]).toEqual(sessions);
    expect(table.blocks && rows.map((_, i) => [...table.blocks!.ids.subarray(table.blocks!.start[i]!, table.blocks!.start[i]! + table.blocks!.length[i]!)])).toEqual(blocks);
  });

  test('is the same packed, with a byte order mark and CRLF, under any name', async () => {
    const text = readFileSync(join(FIXTURES, file), 'utf8');
    const other = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const { table, reports: [report] } = await build([trace('data')], { files: filesOf({ data: gzipSync(other) }, 100) });
    expect(report).toMatchObject({ format });
    expect(rowsOf(table).map(({ arrival, promptTokens, outputTokens }) => [arrival, promptTokens, outputTokens])).toEqual(rows);
  });

  test('is the same when its format is named', async () => {
    const { reports: [report] } = await read(file, { format });
    expect(report).toMatchObject({ format, rowsKept: rows.length });
  });
});

test('every format has a file here', () => {
  expect([...new Set(Object.values(EXPECTED).map(({ format }) => format))].sort()).toEqual(TRACE_FORMATS.map(({ name }) => name).sort());
});

describe('start times that are not there', () => {
  test('are never invented', async () => {
    expect(await buildFaults([trace('vllm-bench-without-times.json')], { files: folder })).toMatchObject([{
      message: 'has no start times (start_times), and none are invented', help: expect.stringContaining('arrivals: { process: poisson'),
    }]);
  });

  test('are made as told, and said to be', async () => {
    const { table, reports: [report] } = await read('vllm-bench-without-times.json', { arrivals: { process: 'constant', rate: 4 } });
    expect(rowsOf(table).map(({ arrival, promptTokens }) => [arrival, promptTokens])).toEqual([[0, 10], [250_000, 20]]);
    expect(report!.notes).toEqual(['start times are made (constant), not measured']);
  });
});

describe('results without single requests', () => {
  test('GuideLLM that was told to keep none', async () => {
    expect(await buildFaults([trace('guidellm-2-empty.json')], { files: folder })).toMatchObject([{ message: 'holds no single requests, only what was measured over all of them' }]);
  });

  test.each([
    ['{"num_prompts": 5, "total_input_tokens": 9, "request_throughput": 1, "mean_ttft_ms": 3}', 'measure again with --save-detailed'],
    ['{"load_summary": {"count": 60}, "successes": {"count": 60}, "failures": {}}', expect.stringContaining('per_request_lifecycle_metrics.json')],
  ])('%s', async (text, help) => {
    expect(await buildFaults([trace('x.json')], { files: filesOf({ 'x.json': text }) })).toMatchObject([{ message: 'holds averages only, no single requests', help }]);
  });

  test('a chain of requests without times of their own', async () => {
    const text = '{"session_id": "s", "arrival_time_ns": 5, "sub_requests": [{"input_toks": 1, "output_toks": 2, "tool_duration_ns": 7}]}\n';
    const [fault] = await buildFaults([trace('x.jsonl')], { files: filesOf({ 'x.jsonl': text }) });
    expect(fault!.message).toMatch(/sub_requests|input_toks/);
  });
});

describe('what is no trace', () => {
  const faultsOf = (content: string | Uint8Array) => buildFaults([trace('x')], { files: filesOf({ x: content }) });

  test.each([
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1, 2), /zstd/],
    ['ZIP', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2), /spreadsheet/],
    ['Parquet', new TextEncoder().encode('PAR1abc'), /Parquet/],
  ])('%s says what it is', async (_, bytes, help) => {
    expect(await faultsOf(bytes)).toMatchObject([{ message: 'the file is not text in UTF-8', help: expect.stringMatching(help) }]);
  });

  test('gzip that was cut off', async () => {
    const packed = gzipSync(readFileSync(join(FIXTURES, 'vidur.csv')));
    expect(await faultsOf(packed.subarray(0, packed.length - 12))).toMatchObject([{ message: 'is not whole gzip data' }]);
  });

  test('a small file that unpacks to a huge one', async () => {
    expect(await faultsOf(gzipSync(Buffer.alloc(200 << 20, '\n')))).toMatchObject([{ message: expect.stringContaining('unpacks to more than') }]);
  });

  test('JSON that was cut off', async () => {
    expect(await faultsOf('{"metadata": {},\n "benchmarks": [')).toMatchObject([{ message: 'is neither JSON lines nor one JSON document' }]);
  });

  test('the nearest formats are named, and how to read it all the same', async () => {
    const [fault] = await faultsOf('TIMESTAMP;ContextTokens\n2030-01-01 00:00:00;5\n');
    expect(fault).toMatchObject({ message: 'is in no known trace format', line: 1 });
    expect(fault!.help).toContain('nearest: azure (it lacks GeneratedTokens)');
    expect(fault!.help).toContain('format: table, columns: { arrival: TIMESTAMP, promptTokens: ContextTokens, outputTokens: … }');
  });

  test('two that fit: both are named', async () => {
    const both = 'arrived_at,num_prefill_tokens,num_decode_tokens,arrival_timestamp,prompt_size,token_size\n0,1,1,0,1,1\n';
    expect(await faultsOf(both)).toMatchObject([{ message: 'may be in any of 2 formats: vidur, splitwise-sim', help: 'say which: format: vidur' }]);
  });
});
