/** docs/ci.md: its grammar is the code's, its fields are those written, and its jobs run as they stand there. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkReportSchema } from '../../src/gate/check-result.ts';
import { EXPECTATION_EBNF } from '../../src/gate/expectation.ts';
import { blocksOf, PAGES, spansOf } from './pages.ts';
import { reader, type Reader } from './reader.ts';

const page = PAGES.find(({ file }) => file === 'docs/ci.md')!;
const blocks = blocksOf(page).map(({ language, lines }) => ({ language, text: lines.join('\n') }));
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);

it('shows the grammar of the code', () => {
  expect(blocks.find(({ language }) => language === 'ebnf')?.text).toBe(EXPECTATION_EBNF);
});

/** Names of fields and the words that they may hold. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { entries, options, wrapped, item } = schema as { entries?: Record<string, unknown>; options?: readonly unknown[]; wrapped?: unknown; item?: unknown };
  return [
    ...Object.entries(entries ?? {}).flatMap(([name, field]) => [name, ...wordsOf(field)]),
    ...(options ?? []).filter((option) => typeof option === 'string'),
    ...wordsOf(wrapped), ...wordsOf(item),
  ];
}

it('describes every field of the result and every word in it', () => {
  const described = new Set(spansOf(page).flatMap((span) => [span, span.replace(/^.*[.…]|\[\]$/g, '').replace('[]', '')]));
  // Their values are units and kinds that explain themselves.
  const plain = ['time', 'share', 'rate', 'count', 'ratio', 'cost', 'statistic', 'group', 'class', 'tenant', 'metric', 'error', 'warn', 'warning'];
  const missing = wordsOf(checkReportSchema).filter((word) => !described.has(word) && !plain.includes(word));
  expect([...new Set(missing)]).toEqual([]);
});

interface Job { readonly steps?: readonly { readonly run?: string }[]; readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } } }

describe('on a machine with two scenarios and their baselines', () => {
  let at: Reader;
  beforeEach(() => {
    at = reader((file) => /(six-requests|one-at-a-time)\./.test(file));
  });
  afterEach(() => at.remove());

  const documentOf = (name: string, index = 0): unknown => load(yaml.filter((text) => text.startsWith(`# ${name}\n`))[index]!);

  function runAll(lines: readonly string[], env: Readonly<Record<string, string>>) {
    for (const line of lines) expect({ line, ...at.run(line, env) }).toMatchObject({ line, code: 0, err: '' });
  }

  it('the jobs for GitHub Actions pass', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at.path('summary.md'), CI: 'true' };
    for (const index of [0, 1]) {
      const { jobs } = documentOf('.github/workflows/sched.yml', index) as { jobs: Record<string, Job> };
      for (const { steps = [], strategy } of Object.values(jobs)) {
        for (const shard of strategy?.matrix.shard ?? [0]) {
          runAll(steps.flatMap(({ run }) => (run === undefined ? [] : [run.replaceAll('${{ matrix.shard }}', String(shard))])), env);
        }
      }
    }
    expect(readdirSync(at.path('.')).filter((name) => name.startsWith('result-')).sort()).toEqual(['result-1.json', 'result-2.json', 'result-3.json']);
    const summaries = readFileSync(at.path('summary.md'), 'utf8').split(/(?=^### )/m);
    expect(summaries[0]).toContain('2 scenarios: 2 passed');
    expect(summaries.at(-1)).toBe(summaries[0]);
  });

  it('the job for GitLab passes and leaves its report', () => {
    const { sched } = documentOf('.gitlab-ci.yml') as { sched: { script: string[]; artifacts: { reports: { junit: string } } } };
    runAll(sched.script, { CI: 'true' });
    expect(readFileSync(at.path(sched.artifacts.reports.junit), 'utf8')).toMatch(/<testsuite [^]*<testsuite /);
  });

  it('the hook is quiet when all is well, and fails when not', () => {
    const { repos } = documentOf('.pre-commit-config.yaml') as { repos: { hooks: { entry: string }[] }[] };
    const { entry } = repos[0]!.hooks[0]!;
    expect(at.run(entry)).toEqual({ code: 0, out: '', err: '' });
    writeFileSync(at.path('scenarios/six-requests.yaml'), readFileSync(at.path('scenarios/six-requests.yaml'), 'utf8').replace('50ms', '55ms'));
    expect(at.run(entry)).toMatchObject({ code: 1, out: expect.stringContaining('the scenario changed') });
  });
});

it('shows expectations and tolerances that hold for the demo', () => {
  const at = reader((file) => file.endsWith('chat-and-batch.yaml'));
  const file = 'scenarios/chat-and-batch.yaml';
  const demo = readFileSync(at.path(file), 'utf8').replace(/^expect:[^]*/m, '');
  const examples = yaml.filter((text) => /^(expect|baseline):/.test(text));
  expect(examples).toHaveLength(2);
  writeFileSync(at.path(file), [demo, ...examples].join('\n'));
  expect(at.run(`sched check ${file} --update`)).toMatchObject({ code: 0, out: expect.stringContaining('1 of 6 expectations warned, 5 hold') });
  expect(at.run(`sched check ${file}`).code).toBe(0);
  at.remove();
});
