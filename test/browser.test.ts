/** What the package exports runs where there is no Node: bundled for a browser, it asks for nothing else and finds only what pages have. */
import { join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const ENTRY = join(ROOT, 'src/page.ts');

const PAGE = `
import * as sched from './index.ts';
import * as jobs from './jobs/index.ts';
import * as gate from './gate/index.ts';
import * as render from './render/index.ts';
export { sched, jobs, gate, render };
`;

/** Of a page's globals, those that the language itself does not bring. */
const { crypto, TextEncoder, TextDecoder, DecompressionStream, ReadableStream, Response, Blob, URL, structuredClone } = globalThis;
const BROWSER = { crypto, TextEncoder, TextDecoder, DecompressionStream, ReadableStream, Response, Blob, URL, structuredClone };

let imports: readonly string[];
let code: string;

beforeAll(async () => {
  const { output } = await build({
    input: ENTRY, platform: 'browser', write: false, logLevel: 'silent',
    plugins: [{ name: 'page', resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? PAGE : null) }],
    output: { format: 'iife', name: 'page', codeSplitting: false },
  });
  imports = output[0].imports.concat(output[0].dynamicImports).filter((name) => name !== output[0].fileName);
  code = output[0].code;
});

const SCENARIO = `
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 50ms } }
classes: { chat: { priority: 1, sla: { ttft: 1s } }, batch: { priority: 2 } }
workload: [ { requests: [ { class: batch, outputTokens: 20 }, { class: chat, outputTokens: 5 }, { class: batch, outputTokens: 3 } ] }, { trace: { file: t.csv, class: chat } } ]
schedulers: [ fifo, priority ]
expect: [ priority.chat.latency.max <= 20s ]
`;
const TRACE = 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,374,44\n2023-11-16 18:17:04.0319600,396,109\n';

describe('the library in a browser', () => {
  it('imports nothing that a page does not have', () => {
    expect(imports).toEqual([]);
    // What cli-table3 would like to have, it does without.
    expect([...code.matchAll(/["'`]node:\w+|\brequire\(["'](\w+)["']\)/g)].map(([call]) => call).filter((call) => !['require("os")', 'require("util")'].includes(call))).toEqual([]);
  });

  it('checks a scenario with a trace, and renders every format of it', async () => {
    const context = createContext({ ...BROWSER, SCENARIO, TRACE });
    const told = await (runInContext(`${code}
      (async () => {
        const { sched, jobs, gate, render } = page;
        const world = jobs.inMemory({ 'folder/a.yaml': SCENARIO, 'folder/t.csv': TRACE });
        const { report } = await jobs.check({ scenarios: [{ file: 'folder/a.yaml', baseline: null }] }, world);
        const { scenarios } = await jobs.loadFiles(['folder/a.yaml'], world);
        const texts = [];
        const write = async (formats, results) => {
          for (const format of formats) texts.push((await format.load())(results, render.PAPER));
        };
        const reports = await jobs.run({ scenarios, wanted: render.needsOf([...render.RUN_REPORTS, ...render.COMPARISONS]) }, world);
        await write(render.RUN_REPORTS, reports);
        await write(render.COMPARISONS, reports);
        await write(render.CHECK_REPORT, [report]);
        await write(render.WORKLOADS, [await jobs.describe(scenarios[0], {}, world)]);
        return { problems: report.results.flatMap(({ problems }) => problems), verdict: report.results[0].verdict, empty: texts.filter((text) => text.length < 40).length, count: texts.length, digest: reports[0].runs[0].outcomeDigest };
      })()`, context) as Promise<{ verdict: string; empty: number; count: number; digest: string; problems: unknown[] }>);
    expect({ ...told, problems: [...told.problems] }).toMatchObject({ problems: [], verdict: 'passed', empty: 0, digest: expect.stringMatching(/^sha256:|^[0-9a-f]{16,}/) });
    expect(told.count).toBeGreaterThanOrEqual(14);
  });
});
