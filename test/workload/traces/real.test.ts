/** The real files that formats were written for, where they are beside the checkout: figures that others measured. */
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeWorkload } from '../../../src/workload/describe.ts';
import type { FileAccess } from '../../../src/workload/files.ts';
import { build, buildFaults } from '../scenario.ts';

const TRACES = fileURLToPath(new URL('../../../../shared/traces/', import.meta.url));
const present = existsSync(TRACES);
const folder: FileAccess = { open: (path) => createReadStream(`${TRACES}${path}`) };
const trace = (file: string, options: Readonly<Record<string, unknown>> = {}) => ({ trace: { file, class: 'high', ...options } });
const read = (file: string, options?: Readonly<Record<string, unknown>>) => build([trace(file, options)], { files: folder });

describe.skipIf(!present)(`the real files${present ? '' : ` (skipped: no ${TRACES})`}`, () => {
  test.each([
    ['code', 8819, 3436, 13.15, [2048, 1469, 5188, 7436, 7437], [28, 13, 55, 251, 1899]],
    ['conv', 19_366, 3502, 1.09, [1155, 1020, 2734, 4142, 14_050], [211, 129, 424, 601, 1000]],
  ])('Azure %s, 2023: as others measured it', async (name, requests, seconds, cv, prompt, output) => {
    const { table, reports } = await read(`azure/AzureLLMInferenceTrace_${name}.csv`);
    const figures = describeWorkload(table);
    const rounded = ({ mean, p50, p90, p99, max }: typeof figures.promptTokens) => [mean, p50, p90, p99, max].map((value) => Math.round(value!));
    expect(reports[0]).toMatchObject({ format: 'azure', rowsRead: requests, rowsKept: requests });
    expect([figures.requests, Math.round(figures.span! / 1e6)]).toEqual([requests, seconds]);
    expect(figures.gapCv).toBeCloseTo(cv, 2);
    // Their percentiles lie between two values, these are values: a fifth of a per cent, or a token, is between them.
    const [gotPrompt, gotOutput] = [rounded(figures.promptTokens), rounded(figures.outputTokens)];
    prompt.forEach((value, i) => expect(Math.abs(gotPrompt[i]! - value)).toBeLessThanOrEqual(Math.max(1, value / 500)));
    output.forEach((value, i) => expect(Math.abs(gotOutput[i]! - value)).toBeLessThanOrEqual(1));
  });

  test("Vidur's copy of Azure code is the same, row by row, to the microsecond", async () => {
    const [own, copy] = [await read('azure/AzureLLMInferenceTrace_code.csv'), await read('vidur/splitwise_code.csv')];
    expect(copy.reports[0]).toMatchObject({ format: 'vidur', rowsRead: 8819 });
    for (const column of ['arrival', 'promptTokens', 'outputTokens'] as const) expect(copy.table[column]).toEqual(own.table[column]);
  });

  test("inference-perf's copy of the first rows of Azure conversation too", async () => {
    const { table } = await read('inference-perf/trace.csv');
    const own = await read('azure/AzureLLMInferenceTrace_conv.csv', { limit: 20 });
    expect([table.arrival, table.promptTokens]).toEqual([own.table.arrival, own.table.promptTokens]);
  });

  test('Mooncake: 1,000 requests in 330 s, each with its blocks', async () => {
    const { table, reports } = await read('mooncake/conversation_trace.head1000.jsonl');
    expect(reports[0]).toMatchObject({ format: 'mooncake', rowsRead: 1000, rowsKept: 1000 });
    expect(describeWorkload(table).span).toBe(330_000_000);
    const blocks = table.blocks!;
    expect([...blocks.ids.subarray(blocks.start[0]!, blocks.start[0]! + blocks.length[0]!)]).toEqual(Array.from({ length: 14 }, (_, i) => i));
    expect(blocks.blockTokens).toEqual([512]);
    for (let i = 0; i < 1000; i++) expect(blocks.length[i]).toBe(Math.ceil(table.promptTokens[i]! / 512));
  });

  test.each([
    ['splitwise-sim/test_trace.csv', 'splitwise-sim', 3],
    ['llmservingsim-vllm/workload_me2_01_mixed.jsonl', 'llmservingsim', undefined],
    ['llmservingsim-vllm/rtx4090-llama3.1-8b/requests.jsonl', 'llmservingsim-run', 300],
    ['burstgpt/burstgpt_1.quoted-rows.csv', 'burstgpt', 3],
    ['burstgpt/burstgpt_3.quoted-rows.csv', 'burstgpt', 4],
    ['guidellm/guidellm_sample_v1.json', 'guidellm', 4],
  ])('%s', async (file, format, rows) => {
    const { reports: [report] } = await read(file);
    expect(report).toMatchObject({ format, ...(rows === undefined ? {} : { rowsRead: rows, rowsKept: rows }) });
    expect(report!.rowsKept).toBeGreaterThan(0);
  });

  test('aiperf: the second of two requests failed', async () => {
    expect((await read('aiperf/profile_export.docs-example.jsonl')).reports[0]).toMatchObject({ format: 'aiperf', rowsRead: 2, rowsKept: 1, dropped: { failed: 1 } });
  });

  test('a detailed run of vLLM from before start times were saved: refused, or made as told', async () => {
    const file = 'vllm-bench/vllm-16qps-405B-8xH100-20241109.notext.json.gz';
    expect(await buildFaults([trace(file)], { files: folder })).toMatchObject([{ message: 'has no start times (start_times), and none are invented' }]);
    const { reports: [report] } = await read(file, { arrivals: { process: 'poisson', rate: 16 } });
    expect(report).toMatchObject({ format: 'vllm-bench', rowsRead: 1000, rowsKept: 621, dropped: { 'no output tokens': 379 } });
  });

  test.each([
    ['vllm-bench/summary-1p3d_conc32_in128_out2048_20250914_021003.json', 'holds averages only, no single requests'],
    ['inference-perf/stage_0_lifecycle_metrics.json', 'holds averages only, no single requests'],
    ['guidellm/guidellm_report_v2.json', 'holds no single requests, only what was measured over all of them'],
  ])('%s is said to hold no requests', async (file, message) => {
    expect(await buildFaults([trace(file)], { files: folder })).toMatchObject([{ message }]);
  });
});
