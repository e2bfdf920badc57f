/**
 * Everything that docs/extending.md adds to the project, added at once: each one file, and one line in a list. What is
 * known of the lists is then known of it, and no committed baseline breaks.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, PAGES, ROOT } from './pages.ts';

const BLOCKS = blocksOf(PAGES.find(({ file }) => file === 'docs/extending.md')!).map(({ lines }) => lines);

/** The files, by path. */
const ADDED = new Map(BLOCKS.flatMap((lines) => {
  const path = /^\/\/ (src\/\S+\.ts)$/.exec(lines[0]!)?.[1];
  return path === undefined ? [] : [[path, lines.slice(1).join('\n')] as const];
}));

/** The lines that the page shows. */
const entry = (name: string): string => BLOCKS.find((lines) => lines.length === 1 && lines[0]!.startsWith(`{ name: '${name}'`))![0]!;

/** By list: the file and, after which text, what is put into it; the import of it where it has one. */
const LINES: readonly { readonly list: string; readonly after: RegExp; readonly line: string; readonly from?: string }[] = [
  { list: 'src/schedulers/index.ts', after: /POLICIES[^=]*= \[/, line: 'shortestPrompt,', from: './shortest-prompt.ts' },
  { list: 'src/schedulers/index.ts', after: /POLICIES[^=]*= \[/, line: 'oneEach,', from: './one-each.ts' },
  { list: 'src/metrics/index.ts', after: /METRICS = \[/, line: 'recomputeOverhead,', from: './definitions/recompute-overhead.ts' },
  { list: 'src/workload/lengths/index.ts', after: /SINGLE[^=]*= \[/, line: 'weibull,', from: './weibull.ts' },
  { list: 'src/engine/step-time/index.ts', after: /STEP_TIMES[^=]*= \[/, line: 'roofline,', from: './roofline.ts' },
  { list: 'src/workload/traces/index.ts', after: /TRACE_FORMATS[^=]*= \[/, line: 'gateway,', from: './formats/gateway.ts' },
  { list: 'src/render/formats.ts', after: /RUN_REPORTS[^=]*= \[/, line: entry('openmetrics') },
  { list: 'src/cli/commands/index.ts', after: /COMMANDS[^=]*= \[/, line: entry('digest') },
];

function listed(): Map<string, string> {
  const files = new Map<string, string>();
  for (const { list, after, line, from } of LINES) {
    const text = files.get(list) ?? readFileSync(join(ROOT, list), 'utf8');
    if (!after.test(text)) throw new Error(`there is no ${String(after)} in ${list}`);
    files.set(list, `${from === undefined ? '' : `import { ${line.replace(',', '')} } from '${from}';\n`}${text.replace(after, (found) => `${found}${line}`)}`);
  }
  return files;
}

const FILES = new Map([...ADDED, ...listed()].map(([path, text]) => [join(ROOT, path), text]));

/** Looks at the project from everywhere. */
const PROBE = `
import { readFileSync } from 'node:fs';
import { reference } from './cli/reference.ts';
import { commandFacts } from './cli/command-facts.ts';
import { scenarioJsonSchema } from './scenario/json-schema.ts';
import { check, inMemory, loadFiles, run } from './jobs/index.ts';
import { needsOf, PAPER, RUN_REPORTS } from './render/index.ts';

const files = ['scenarios/six-requests.yaml', 'scenarios/kv-starved.yaml'];
const baselines = files.map((file) => file.replace('.yaml', '.baseline.json'));
const own = \`
classes: { only: { priority: 1 } }
engine: { maxBatchSize: 1, stepTime: { model: roofline, memory: 6ms, perToken: 60us } }
workload: [ { generate: { count: 150, arrivals: { process: poisson, rate: 20 }, promptTokens: 10, outputTokens: { distribution: weibull, shape: 1, scale: 20 } } } ]
schedulers: [ fifo, shortest-prompt, one-each ]
expect: [ "one-each.only.recomputeOverhead < 1" ]
\`;
const world = inMemory({ 'own.yaml': own, ...Object.fromEntries([...files, ...baselines].map((file) => [file, readFileSync(file)])) });
const { report } = await check({ scenarios: [...files.map((file, index) => ({ file, baseline: baselines[index] })), { file: 'own.yaml', baseline: null }] }, world);
const format = RUN_REPORTS.find(({ name }) => name === 'openmetrics');
const { scenarios } = await loadFiles([files[0]], world);
const write = await format.load();
console.log(JSON.stringify({
  reference: await reference(), schema: JSON.stringify(scenarioJsonSchema()), facts: await commandFacts(),
  verdicts: report.results.map(({ verdict }) => verdict), problems: report.results.flatMap(({ problems }) => problems),
  written: write(await run({ scenarios, wanted: needsOf([format]) }, world), PAPER),
}));
`;

interface Seen {
  readonly reference: string;
  readonly schema: string;
  readonly facts: readonly { readonly usage: string; readonly terms: readonly { readonly term: string; readonly meaning: string }[] }[];
  readonly verdicts: readonly string[];
  readonly problems: readonly unknown[];
  readonly written: string;
}

let seen: Seen;

beforeAll(async () => {
  const probe = join(ROOT, 'src/probe.ts');
  const { output } = await build({
    input: probe, platform: 'node', write: false,
    plugins: [{
      name: 'added',
      resolveId: (id, importer) => {
        const path = id === probe || !importer || !id.startsWith('.') ? id : join(dirname(importer), id);
        return path === probe || FILES.has(path) ? path : null;
      },
      load: (id) => (id === probe ? PROBE : FILES.get(id)),
    }],
    output: { format: 'esm', codeSplitting: false },
  });
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], { cwd: ROOT, input: output[0].code, encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(stderr).toBe('');
  seen = JSON.parse(stdout) as Seen;
});

describe('what docs/extending.md adds', () => {
  it('is one file each, in its room, that begins by saying what it is', () => {
    expect([...ADDED.keys()]).toHaveLength(LINES.length);
    expect([...ADDED].filter(([, text]) => !text.startsWith('/** ')).map(([path]) => path)).toEqual([]);
  });

  it('is in the reference, the schema and the help', () => {
    const names = ['shortest-prompt', 'one-each', 'recomputeOverhead', 'weibull', 'roofline', 'gateway', 'openmetrics', 'sched digest [options]'];
    expect(names.filter((name) => !seen.reference.includes(name))).toEqual([]);
    const inScenarios = ['shortest-prompt', 'one-each', 'weibull', 'roofline', 'gateway'];
    expect(inScenarios.filter((name) => !seen.schema.includes(`"${name}"`))).toEqual([]);
    const simulate = seen.facts.find(({ usage }) => usage.startsWith('sched simulate'))!.terms.map(({ term, meaning }) => `${term} ${meaning}`).join('\n');
    expect(simulate).toContain('"openmetrics"');
    expect(simulate).toContain('.om');
  });

  it('runs, can be expected of, and breaks no baseline', () => {
    expect(seen.problems).toEqual([]);
    expect(seen.verdicts).toEqual(['passed', 'passed', 'passed']);
    expect(seen.written).toMatch(/^# TYPE sched_attainment_ratio gauge\n# UNIT .*\n(sched_attainment_ratio\{.*\} [\d.]+\n)*# EOF\n$/);
  });

  it('compiles as strictly as the project', () => {
    const config = join(ROOT, 'tsconfig.json');
    const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, ROOT);
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    const program = ts.createProgram([...FILES.keys()], options, {
      ...host,
      fileExists: (path) => FILES.has(path) || fileExists(path),
      getSourceFile: (path, ...more) => (FILES.has(path) ? ts.createSourceFile(path, FILES.get(path)!, ts.ScriptTarget.ES2022) : getSourceFile(path, ...more)),
    });
    const wrong = [...FILES.keys()].flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)).map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`));
    expect(wrong).toEqual([]);
  });
});
