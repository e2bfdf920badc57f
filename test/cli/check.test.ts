import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checking, NOWHERE, six, type Checking } from './checking.ts';
import { BIN, SIX } from './sched.ts';

let at: Checking;
let check: Checking['check'];
let file: Checking['file'];
beforeEach(() => {
  at = checking();
  ({ check, file } = at);
});
afterEach(() => at.remove());

const PASS = 'priority.all.latency.mean < fifo.all.latency.mean';
const FAIL = 'priority.low.latency.mean < 1s';
const WARN = `{ that: ${FAIL}, level: warn }`;
const MISSPELT = 'priority.low.latensy.mean < 1s';
const UNDECIDABLE = 'priority.low.latency.p95 < 1s';

describe('exit codes', () => {
  it('are 0 for what passes or warns, 1 for what fails, 2 for what cannot be judged; the worst wins', () => {
    const scenarios = {
      pass: six(PASS), warn: six(PASS, WARN), fail: six(PASS, FAIL), misspelt: six(MISSPELT), undecidable: six(UNDECIDABLE),
      broken: 'engine: { maxBatchSize: 0 }\n', empty: '',
    };
    for (const [name, text] of Object.entries(scenarios)) at.write(`${name}.yaml`, text);
    const codes = { pass: 0, warn: 0, fail: 1, misspelt: 2, undecidable: 2, broken: 2, empty: 2, missing: 2 };
    const all = check([...Object.keys(codes).map((name) => `${name}.yaml`), '--format', 'json']);
    expect(all.code).toBe(2);
    const found = JSON.parse(all.out).results.map((result: { file: string; exitCode: number }) => [result.file.replace('.yaml', ''), result.exitCode]);
    expect(Object.fromEntries(found)).toEqual(codes);
    for (const [code, ...mix] of [[0, 'pass', 'warn'], [1, 'warn', 'fail', 'pass'], [2, 'fail', 'misspelt'], [2, 'pass', 'missing']] as const) {
      expect([mix, check(mix.map((name) => `${name}.yaml`)).code]).toEqual([mix, code]);
    }
  });

  it('are 2 for usage, with nothing on standard output', () => {
    at.write('a.yaml', SIX);
    mkdirSync(at.path('nothing'));
    for (const args of [
      ['nothing'], ['*.yml'], ['a.baseline.json'], ['a.yaml', '--shard', '4/3'], ['a.yaml', '--jobs', '0'], ['a.yaml', '--tolerance', 'latency', '--expect', 'latency <'],
      ['a.yaml', '-o', 'a.csv'], ['-', '-'], ['a.yaml', '--baseline-dir', 'a.yaml', '--update'],
    ]) {
      const { code, out, err } = check(args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).not.toMatch(/\n +at /);
    }
    expect(check(['a.yaml', '--tolerance', 'latensy=5%']).code).toBe(2);
    expect(check(['a.yaml', '--require-baseline']).code).toBe(2);
  });
});

describe('a failure', () => {
  it('says where, what and for whom', () => {
    at.write('six.yaml', six(PASS, FAIL));
    const { out, err } = check(['six.yaml']);
    expect(err).toBe('');
    const line = file('six.yaml').split('\n').findIndex((text) => text.includes(FAIL)) + 1;
    expect(out).toContain(`FAIL six.yaml:${line}: ${FAIL}`);
    expect(out).toMatch(/priority: found [\d.]+ s, expected < 1 s: [\d.]+ s too much/);
    expect(out).toMatch(/other schedulers: fifo/);
    expect(out.trimEnd().split('\n').at(-1)).toBe('1 scenario: 1 failed');
  });

  it('of the command line is judged like those of the file', () => {
    at.write('six.yaml', SIX);
    expect(check(['six.yaml', '--expect', PASS, '--expect', FAIL])).toMatchObject({ code: 1 });
    const { code, out } = check(['six.yaml', '--expect', 'priority.hig.latency.mean < 1s']);
    expect(code).toBe(2);
    expect(out).toContain('did you mean `priority.high.latency.mean`');
  });

  it('stays one when nobody reads it', () => {
    at.write('six.yaml', six(FAIL));
    const { status, stderr } = spawnSync('sh', ['-c', `{ sleep 0.2; "$0" "$1" check six.yaml; echo "exit $?" >&2; } | true`, process.execPath, BIN], { cwd: at.path('.'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, 'exit 1\n']);
  });

  it('is not hidden by --quiet', () => {
    at.write('six.yaml', six(PASS, FAIL));
    at.write('fine.yaml', six(PASS));
    expect(check(['six.yaml', '-q']).out).toContain(FAIL);
    expect(check(['fine.yaml', '-q'])).toMatchObject({ code: 0, out: '', err: '' });
  });
});

describe('many scenarios', () => {
  beforeEach(() => {
    mkdirSync(at.path('s/deep'), { recursive: true });
    mkdirSync(at.path('s/.hidden'));
    for (const name of ['z', 'deep/b', 'a']) at.write(`s/${name}.yaml`, six(PASS));
    at.write('s/fails.yaml', six(FAIL));
    at.write('s/broken.yml', 'workload: 3\n');
    at.write('s/misspelt.yaml', six(MISSPELT, UNDECIDABLE, WARN));
    at.write('s/scenario.schema.json', '{}');
    at.write('s/notes.txt', 'no scenario');
    at.write('s/.hidden/c.yaml', six(FAIL));
  });

  const files = (out: string) => JSON.parse(out).results.map((result: { file: string }) => result.file);

  it('are found in directories and by patterns, each once, in order of their paths', () => {
    const all = ['s/a.yaml', 's/broken.yml', 's/deep/b.yaml', 's/fails.yaml', 's/misspelt.yaml', 's/z.yaml'];
    // The last is what a shell makes of s/*.
    for (const args of [['./s/'], ['s/z.yaml', at.path('s'), 's/deep'], ['s/*', 's/deep/?.yaml'], ['s/a.baseline.json', 's/a.yaml', 's/broken.yml', 's/deep', 's/fails.yaml', 's/misspelt.yaml', 's/scenario.schema.json', 's/z.yaml']]) {
      expect([args, files(check([...args, '--format', 'json']).out)]).toEqual([args, all]);
    }
    expect(files(check(['s/**/*.yaml', '--format', 'json']).out)).toEqual(all.filter((name) => name.endsWith('.yaml')));
  });

  it('end in one summary with the failures last', () => {
    const { code, out } = check(['s']);
    expect(code).toBe(2);
    const summary = out.trimEnd().split('\n').slice(-8);
    expect(summary.map((line) => line.split(':')[0])).toEqual(['PASS  s/a.yaml', 'PASS  s/deep/b.yaml', 'PASS  s/z.yaml', 'FAIL  s/fails.yaml', 'ERROR s/broken.yml', 'ERROR s/misspelt.yaml', '', '6 scenarios']);
  });

  it('checked side by side give the same bytes', () => {
    check(['s/a.yaml', 's/deep', '--update']);
    const outputs = (jobs: string) => [check(['s', '--jobs', jobs, '-o', 'r.json', '-o', 'r.xml', '-o', 'r.md']), file('r.json'), file('r.xml'), file('r.md')];
    const one = outputs('1');
    expect(outputs('2')).toEqual(one);
    expect(outputs('7')).toEqual(one);
  });

  it('stop after the first that is not well, with --bail, however many run at once', () => {
    const runs = ['1', '3'].map((jobs) => check(['s/a.yaml', 's/fails.yaml', 's/z.yaml', '--bail', '--jobs', jobs]));
    expect(runs[0]).toMatchObject({ code: 1, out: expect.stringContaining('3 scenarios: 1 passed, 1 failed, 1 not run') });
    expect(runs[1]).toEqual(runs[0]);
    expect(check(['s/a.yaml', 's/z.yaml', '--bail'])).toMatchObject({ code: 0, out: expect.stringContaining('2 passed') });
  });

  it('in shards, merged, are the whole', () => {
    check(['s/a.yaml', 's/deep', '--update']);
    at.write('s/a.yaml', six(PASS).replace('tokenTime: 50ms', 'tokenTime: 51ms'));
    for (const index of [1, 2, 3]) check(['s', '--shard', `${index}/3`, '-o', `${index}.json`, '-q']);
    const merge = (args: readonly string[]) => at.sched(['merge', ...args], { env: NOWHERE });
    for (const format of ['table', 'json', 'markdown', 'junit']) {
      expect(merge(['2.json', '3.json', '1.json', '--format', format])).toEqual(check(['s', '--format', format]));
    }
    expect(merge(['1.json', '3.json'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('shard 2/3 is missing') });
    expect(merge(['1.json', '1.json', '2.json', '3.json']).code).toBe(2);
    expect(merge(['s/a.yaml'])).toMatchObject({ code: 2, out: '' });
  });
});

it('takes a scenario from standard input, which has no baseline', () => {
  expect(check(['-', '--update'], {}, six(PASS))).toMatchObject({ code: 0, out: 'PASS  <stdin>: 1 expectation holds\n\n1 scenario: 1 passed\n' });
  expect(readdirSync(at.path('.'))).toEqual([]);
});

describe('on GitHub Actions', () => {
  it('annotates the line, relative to the repository, and appends to the summary', () => {
    mkdirSync(at.path('ci'));
    at.write('ci/six.yaml', six(PASS, FAIL));
    at.write('summary.md', 'before\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at.path('summary.md'), GITHUB_WORKSPACE: at.path('..') };
    const { out } = check(['ci/six.yaml'], env);
    const line = file('ci/six.yaml').split('\n').findIndex((text) => text.includes(FAIL)) + 1;
    expect(out).toMatch(new RegExp(`^::error file=sched-[^/]+/ci/six\\.yaml,line=${line},col=5,title=does not hold%3A ${FAIL}::priority%?.*$`, 'm'));
    expect(file('summary.md')).toMatch(/^before\n### sched check: 1 scenario: 1 failed\n/);
  });

  it('keeps JSON on standard output apart', () => {
    at.write('six.yaml', six(FAIL));
    const { out, err } = check(['six.yaml', '--format', 'json'], { GITHUB_ACTIONS: 'true' });
    expect(JSON.parse(out)).toMatchObject({ exitCode: 1 });
    expect(err).toMatch(/^::error /);
  });
});

it('writes every format to files as well', () => {
  at.write('six.yaml', six(PASS));
  expect(check(['six.yaml', '-q', '-o', 'r.json', '-o', 'r.xml', '-o', 'r.md', '-o', 'r.txt'])).toMatchObject({ code: 0, out: '' });
  expect(JSON.parse(file('r.json'))).toMatchObject({ schemaVersion: 1, kind: 'check', verdict: 'passed' });
  expect(file('r.xml')).toContain('<testsuite name="Six, one at a time" package="six.yaml"');
  expect(file('r.md')).toMatch(/^### sched check/);
  expect(file('r.txt')).toContain('1 scenario: 1 passed');
});
