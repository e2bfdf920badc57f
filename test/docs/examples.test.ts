/** The programs and the extensions in the docs, run as they are printed. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { describe, expect, it } from 'vitest';
import * as sched from '../../src/index.ts';
import { randomStream } from '../../src/core/random.ts';
import { simulate } from '../../src/engine/simulate.ts';
import type { StepTimeDefinition } from '../../src/engine/step-time/step-time.ts';
import type { PolicyDefinition } from '../../src/schedulers/policy.ts';
import type { LengthDefinition } from '../../src/workload/lengths/length.ts';
import { fits, hasHeading } from '../../src/workload/traces/detect.ts';
import { readTable } from '../../src/workload/traces/read-table.ts';
import type { TraceFormat } from '../../src/workload/traces/trace.ts';
import { classesOf, engineOf, stepTimeOf, tableOf } from '../support.ts';
import { blocksOf, PAGES, ROOT } from './pages.ts';

const blocks = PAGES.flatMap((page) => blocksOf(page).map((block) => ({ ...block, page: page.file, text: block.lines.join('\n') })));

/** What the package exports, by the name a program imports. */
const ENTRIES = { ...Object.fromEntries(['jobs', 'gate', 'render'].map((name) => [`sched/${name}`, join(ROOT, `src/${name}/index.ts`)])), sched: join(ROOT, 'src/index.ts') };

/** A block and all that it imports as one module; `sched` is what the package exports. */
async function bundled(text: string, folder: string, loader: 'js' | 'ts'): Promise<string> {
  const entry = join(ROOT, folder, `block.${loader}`);
  const { output } = await build({
    input: entry, platform: 'node', write: false, resolve: { alias: ENTRIES },
    plugins: [{ name: 'block', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? text : null) }],
    output: { format: 'esm', codeSplitting: false },
  });
  return output[0].code;
}

describe('a program that imports sched', () => {
  const programs = blocks.filter(({ language, text }) => ['js', 'ts'].includes(language) && /from 'sched[/']/.test(text));

  it.each(programs.map(({ page, text }, index) => [page, index, text] as const))('in %s runs (%i)', async (_page, _index, text) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
      cwd: ROOT, input: await bundled(text, '.', 'ts'), encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^([\w-]+ )?\d+\.\d+ s$|1 scenario.*passed|passed/m);
  });

  it('is in README and in docs/extending.md', () => {
    expect(programs.map(({ page }) => page)).toEqual(['README.md', 'docs/extending.md', 'docs/extending.md']);
  });
});

describe('a plugin of docs/extending.md', () => {
  it('brings a policy that a scenario can name, with its option', async () => {
    const { text } = blocks.find(({ lines }) => lines[0] === '// mine.mjs')!;
    const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`) as { policies(library: typeof sched): PolicyDefinition[] };
    const policies = module.policies(sched);
    const loaded = sched.loadScenario(`
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 1s } }
classes: { only: { priority: 1 } }
workload: [ { requests: [ { promptTokens: 900, outputTokens: 1 }, { promptTokens: 500, outputTokens: 1 } ] } ]
schedulers: [ fifo, { policy: short-first, tokens: 500 } ]
`, 'a.yaml', { policies });
    if (!('scenario' in loaded)) throw new sched.FaultError(loaded.faults);
    const admitted: number[][] = [];
    await sched.runScenario(loaded.scenario, { files: sched.noFiles, policies, onRun: (_run, _table, outcomes) => void admitted.push([...outcomes.admitted]) });
    expect(admitted).toEqual([[0, 1e6], [1e6, 0]]);
  });
});

/** What the block of docs/extending.md for a file exports, bundled as if it stood there. */
async function exported<Definition>(file: string): Promise<Definition> {
  const block = blocks.find(({ lines }) => lines[0] === `// ${file}`);
  if (!block) throw new Error(`no block is for ${file}`);
  const code = await bundled(block.text, dirname(file), 'ts');
  const module = await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`) as Readonly<Record<string, Definition>>;
  return Object.values(module)[0]!;
}

describe('an extension of docs/extending.md', () => {
  it('a policy: the shorter prompt first', async () => {
    const policy = await exported<PolicyDefinition>('src/schedulers/shortest-prompt.ts');
    const table = tableOf([
      { arrival: 0, prompt: 5, output: 3 }, { arrival: 1, prompt: 9, output: 3 }, { arrival: 1, prompt: 2, output: 3 },
    ]);
    const options = engineOf({ maxBatchSize: 1 });
    const { admitted } = simulate(table, options, stepTimeOf(options), policy.make(table, {}, { seed: '0', maxBatchSize: options.maxBatchSize }));
    expect(admitted[2]).toBeLessThan(admitted[1]!);
  });

  it('a policy with state: one of each class at a time', async () => {
    const policy = await exported<PolicyDefinition>('src/schedulers/one-each.ts');
    const table = tableOf([0, 0, 1, 0, 1].map((of) => ({ arrival: 0, output: 2, class: of })), classesOf([1, 1]));
    const options = engineOf({ maxBatchSize: 4, stepTime: { model: 'constant', tokenTime: '1us' } });
    const { admitted } = simulate(table, options, stepTimeOf(options), policy.make(table, {}, { seed: '0', maxBatchSize: options.maxBatchSize }));
    expect([...admitted]).toEqual([0, 2, 0, 4, 2]);
  });

  it('a length distribution: whole tokens with the mean of its law', async () => {
    const weibull = await exported<LengthDefinition<{ shape: number; scale: number }>>('src/workload/lengths/weibull.ts');
    const draw = weibull.make({ shape: 1, scale: 1000 }, randomStream('docs'));
    const draws = Array.from({ length: 20_000 }, draw);
    expect(draws.every((tokens) => Number.isInteger(tokens) && tokens >= 1)).toBe(true);
    expect(draws.reduce((sum, tokens) => sum + tokens, 0) / draws.length / 1000).toBeCloseTo(1, 1);
  });

  it('a step-time model: memory, then compute', async () => {
    const roofline = await exported<StepTimeDefinition<{ memory: number; perToken: number }>>('src/engine/step-time/roofline.ts');
    const { duration } = roofline.make({ memory: 10_000, perToken: 60 });
    expect([duration(0, 0, 0, 0), duration(8, 0, 8, 0), duration(1, 1000, 0, 1000)]).toEqual([0, 10_000, 60_000]);
  });

  it('a trace format: known by its keys, and read', async () => {
    const gateway = await exported<TraceFormat>('src/workload/traces/formats/gateway.ts');
    const header = 'ts_ms,tier,prompt_tok,completion_tok,region';
    expect([header, 'TIMESTAMP,ContextTokens,GeneratedTokens'].map((line) => fits(gateway, hasHeading(line.split(','))))).toEqual([true, false]);
    const text = async function* () { yield `${header}\n1250,gold,10,20,eu\nsoon,gold,1,1,eu\n`; };
    const rows = await readTable(text(), header, gateway, { file: 'x', format: 'gateway', asked: [], most: 10, path: [], begun: () => {} });
    const { time, promptTokens, outputTokens, texts, malformed, unused } = rows.columns();
    expect([[...time], [...promptTokens], [...outputTokens], texts.get('class')?.names, malformed, unused]).toEqual([[250_000_000], [10], [20], ['', 'gold'], 1, { region: 1 }]);
  });
});
