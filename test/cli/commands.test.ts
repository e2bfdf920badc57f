import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARRIVALS } from '../../src/workload/arrivals/index.ts';
import { LENGTHS } from '../../src/workload/lengths/index.ts';
import { POLICIES } from '../../src/schedulers/index.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { SIX, workspace, type Workspace } from './sched.ts';

let at: Workspace;

beforeAll(() => {
  at = workspace();
  at.write('six.yaml', SIX);
});
afterAll(() => at.remove());

describe('usage', () => {
  it.each([
    [['--version'], 0], [['--help'], 0], [['help', 'compare'], 0], [[], 2], [['simulate'], 2], [['simulat', 'six.yaml'], 2],
    [['simulate', 'six.yaml', '--sceduler', 'fifo'], 2], [['simulate', 'six.yaml', '--format', 'xml'], 2], [['simulate', 'six.yaml', '-o', 'a.xyz'], 2],
    [['simulate', 'six.yaml', '-o', 'nowhere/a.json'], 2], [['simulate', 'six.yaml', '--scheduler', 'fif'], 2],
    [['simulate', 'six.yaml', '--requests', '-', '--format', 'json'], 2], [['list', 'wombats'], 2], [['validate', '-', '-'], 2],
  ])('%j exits with %i', (args, expected) => {
    const { code, out, err } = at.sched(args);
    expect(code).toBe(expected);
    if (expected === 0) expect(err).toBe('');
    else expect(out).toBe('');
    expect(err).not.toMatch(/\n +at /);
  });

  it('does not repeat an escape code of the command line', () => {
    for (const args of [['\u001b[2J'], ['simulate', '\u001b[2J'], ['simulate', 'six.yaml', '--scheduler', '\u001b[2J'], ['list', '\u001b[2J'], ['init', 'no/\u001b[2J']]) {
      const { code, err } = at.sched(args);
      expect(code).toBe(2);
      expect(err).not.toContain('\u001b');
    }
  });

  it('tells of a command the same, however it is asked', () => {
    for (const { name } of COMMANDS) expect(at.sched(['help', name]), name).toEqual(at.sched([name, '--help']));
  });

  it.each([
    [['run', 'six.yaml'], 'sched compare FILE'], [['six.yaml'], 'sched compare six.yaml'], [['simulate', '--json', 'six.yaml'], '--format json'],
    [['-v'], 'sched --version'], [['list', 'policy'], 'did you mean policies?'], [['list', 'metric'], 'did you mean metrics?'],
  ])('%j is led to what is right', (args, hint) => {
    const { code, err } = at.sched(args);
    expect(code).toBe(2);
    expect(err).toContain(`= help: `);
    expect(err).toContain(hint);
  });

  it('suggests what was meant', () => {
    expect(at.sched(['simulat']).err).toMatch(/Did you mean simulate\?[^]*sched --help/);
    expect(at.sched(['simulate', 'six.yaml', '--frmat', 'json']).err).toMatch(/Did you mean --format\?[^]*sched simulate --help/);
    expect(at.sched(['simulate', 'six.yaml', '--sceduler', 'fifo']).err).toContain('--scheduler');
    expect(at.sched(['simulate', 'six.yaml', '--scheduler', 'fif']).err).toContain('did you mean fifo?');
  });
});

describe('validate', () => {
  it('tells the faults of all files, with places', () => {
    at.write('one.yaml', 'engine: { maxBatchSize: 0 }\nworkload: []\nsurprise: 1\n');
    at.write('two.json', '{ "workload": [ { "requests": [ { "at": "0", "outputTokens": 1 } ] } ] }');
    const { code, out, err } = at.sched(['validate', 'six.yaml', 'one.yaml', 'two.json', 'nosuch.yaml']);
    expect(code).toBe(2);
    expect(out).toBe('six.yaml: ok\n');
    for (const part of ['one.yaml:1:', 'one.yaml:2:', 'one.yaml:3:1', 'two.json:1:', 'nosuch.yaml: error']) expect(err).toContain(part);
  });

  it('reads the files that a scenario names', () => {
    at.write('torn.csv', 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374\n');
    const lengths = '{ distribution: empirical, file: lengths.csv, column: tokens }';
    at.write('named.yaml', `workload:
  - trace: { file: torn.csv, class: high }
  - trace: { file: elsewhere.csv, class: high }
  - generate: { count: 1, arrivals: { process: poisson, rate: 1 }, class: high, promptTokens: ${lengths}, outputTokens: ${lengths} }
`);
    const { code, out, err } = at.sched(['validate', 'named.yaml']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.match(/^\S+: error/gm)).toEqual(['torn.csv:2:32: error', 'named.yaml:3:20: error', ...Array(2).fill(expect.stringMatching(/^named\.yaml:4:\d+: error$/))]);
  });

  it('only warns of data that is to be had elsewhere', () => {
    at.write('origin.yaml', 'workload:\n  - trace: { file: elsewhere.csv, origin: "https://example.org/elsewhere.csv", class: high }\n');
    const { code, out, err } = at.sched(['validate', 'origin.yaml']);
    expect({ code, out }).toEqual({ code: 0, out: 'origin.yaml: ok\n' });
    expect(err).toMatch(/^origin\.yaml:2:20: warning: .*elsewhere\.csv does not exist/);
    expect(err).toContain('it comes from https://example.org/elsewhere.csv');
    expect(at.sched(['validate', '-q', 'origin.yaml'])).toMatchObject({ code: 0, out: '', err: '' });
    expect(at.sched(['simulate', 'origin.yaml']).code).toBe(2);
  });

  it('does not repeat an escape code of a file', () => {
    const { code, err } = at.sched(['validate', '-'], { input: '"\\e[2Jname": 1\nworkload: 3\n' });
    expect(code).toBe(2);
    expect(err).not.toContain('\u001b');
    expect(err).toContain('<stdin>:');
  });
});

describe('init', () => {
  it('writes a scenario that is right and in which the policies differ, once', () => {
    expect(at.sched(['init', 'new.yaml']).code).toBe(0);
    const before = readFileSync(at.path('new.yaml'), 'utf8');
    expect(at.sched(['validate', 'new.yaml'])).toMatchObject({ code: 0, out: 'new.yaml: ok\n', err: '' });
    expect(at.sched(['compare', 'new.yaml']).out).toMatch(/high gains/);
    expect(at.sched(['init', 'new.yaml'])).toMatchObject({ code: 2, out: '' });
    expect(readFileSync(at.path('new.yaml'), 'utf8')).toBe(before);
    mkdirSync(at.path('folder'));
    expect(at.sched(['init', 'folder']).code).toBe(2);
  });
});

describe('list', () => {
  it('has everything that the program itself runs on', () => {
    const listed = JSON.parse(at.sched(['list', '--format', 'json']).out);
    const names = (entries: { name: string }[]) => entries.map(({ name }) => name);
    expect(names(listed.policies)).toEqual(names([...POLICIES]));
    expect(names(listed.arrivals)).toEqual(names([...ARRIVALS]));
    expect(names(listed.lengths)).toEqual(names([...LENGTHS]));
    expect(listed.policies.find(({ name }: { name: string }) => name === 'priority').options[0]).toMatchObject({ name: 'preempt', type: 'true or false', default: false, required: false });
  });

  it('of one kind reads well at 60 columns', () => {
    const { out } = at.sched(['list', 'step-times'], { env: { COLUMNS: '60' } });
    expect(out).toContain('tokenTime  duration, default 50ms');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });
});

it('schema prints a JSON Schema', () => {
  expect(JSON.parse(at.sched(['schema']).out)).toMatchObject({ $schema: expect.stringContaining('json-schema.org') });
});

describe('workload', () => {
  it('describes requests in the keys of the reference', () => {
    const report = JSON.parse(at.sched(['workload', 'six.yaml', '--format', 'json']).out);
    expect(report).toMatchObject({
      schemaVersion: 1, requests: 6, span: 0.25, rate: 20, gapCv: 0, source: { rowsRead: 6, rowsKept: 6, dropped: {} },
      outputTokens: { mean: 13, p50: 12, p90: null, max: 20 }, classes: { low: 0.5 },
    });
  });

  it('prints a table by default', () => {
    expect(at.sched(['workload', 'six.yaml']).out).toMatch(/6 requests over 250 ms · 20\.0 \/s/);
  });
});
