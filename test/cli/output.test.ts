/** Where results go: every file written whole, by one writer, and never over what was read. */
import { spawn } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, SIX, workspace, type Workspace } from './sched.ts';

const JSON_SCENARIO = '{ "workload": [ { "requests": [ { "at": "0s", "class": "high", "outputTokens": 1 } ] } ] }\n';
const PRECIOUS = 'nobody asked for this to be written\n';
const TRACE = 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n';

let at: Workspace;
let before: string[];

beforeAll(() => {
  at = workspace();
  at.write('six.yaml', SIX);
  at.write('scenario.json', JSON_SCENARIO);
  at.write('trace.csv', TRACE);
  at.write('trace.txt', TRACE);
  at.write('traced.yaml', 'workload:\n  - trace: { file: trace.csv, class: high }\n  - trace: { file: trace.txt, class: high }\n');
  linkSync(at.path('trace.csv'), at.path('hard.csv'));
  symlinkSync('scenario.json', at.path('link.json'));
  at.write('precious', PRECIOUS);
  symlinkSync('precious', at.path('aside.json'));
  symlinkSync('nothing', at.path('dangling.json'));
  symlinkSync('precious', at.path('six.baseline.json'));
  mkdirSync(at.path('run'));
  at.write('run/requests.jsonl', '{"input_toks":1,"output_toks":2,"queued_ts":0,"scheduled_ts":0,"first_token_ts":1,"last_token_ts":2}\n');
  at.write('run/meta.json', '{}');
  before = readdirSync(at.path('.'));
});
afterAll(() => at.remove());

describe('a command that would write', () => {
  it.each([
    ['a file twice', ['simulate', 'six.yaml', '-o', 'a.json', '-o', './a.json'], './a.json'],
    ['rows and results into one file', ['simulate', 'six.yaml', '-o', 'a.csv', '--requests', 'a.csv'], 'a.csv'],
    ['rows of both kinds into one file', ['compare', 'six.yaml', '--steps', 'a.jsonl', '--requests', 'a.jsonl'], 'a.jsonl'],
    ['over its scenario', ['simulate', 'scenario.json', '-o', 'scenario.json'], 'scenario.json'],
    ['over its scenario by another name', ['workload', 'scenario.json', '-o', 'link.json'], 'link.json'],
    ['over its trace', ['simulate', 'traced.yaml', '--requests', 'trace.csv'], 'trace.csv'],
    ['over a scenario that it checks', ['check', 'scenario.json', '-o', 'scenario.json'], 'scenario.json'],
    ['a check over a trace that a scenario names', ['check', 'traced.yaml', '-o', 'trace.txt'], 'trace.txt'],
    ['a description over a trace that a scenario names', ['workload', 'traced.yaml', '-o', 'trace.txt'], 'trace.txt'],
    ['over a trace by another of its names', ['simulate', 'traced.yaml', '-o', 'hard.csv'], 'hard.csv'],
    ['through a link onto a file that nobody named', ['simulate', 'six.yaml', '-o', 'aside.json'], 'aside.json'],
    ['through a link onto a file that is not there', ['simulate', 'six.yaml', '-o', 'dangling.json'], 'dangling.json'],
    ['a result over a baseline', ['simulate', 'six.yaml', '-o', 'six.baseline.json'], 'six.baseline.json'],
    ['a baseline over what is none', ['check', 'six.yaml', '--update'], 'six.baseline.json'],
    ['a fit over what the run says of itself', ['calibrate', 'run', '-o', 'run/meta.json'], 'run/meta.json'],
    ['into a folder that is not there', ['simulate', 'six.yaml', '-o', 'a.json', '-o', 'nowhere/a.csv'], 'there is no folder nowhere'],
  ])('%s is refused, and nothing has changed', (_, args, named) => {
    const { code, out, err } = at.sched(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
    expect(readdirSync(at.path('.'))).toEqual(before);
    expect(readFileSync(at.path('scenario.json'), 'utf8')).toBe(JSON_SCENARIO);
    for (const name of ['trace.csv', 'trace.txt', 'hard.csv']) expect(readFileSync(at.path(name), 'utf8')).toBe(TRACE);
    expect(readFileSync(at.path('precious'), 'utf8')).toBe(PRECIOUS);
    expect(readFileSync(at.path('run/meta.json'), 'utf8')).toBe('{}');
  });

  it('to a device more than once may do so', () => {
    symlinkSync('/dev/null', at.path('null.csv'));
    symlinkSync('/dev/null', at.path('null.jsonl'));
    expect(at.sched(['simulate', 'six.yaml', '-q', '--requests', 'null.csv', '--steps', 'null.jsonl'])).toMatchObject({ code: 0, out: '', err: '' });
  });

  it('over a result of its own does so, and its mode stays as it was', () => {
    at.write('result.json', '{}');
    chmodSync(at.path('result.json'), 0o600);
    expect(at.sched(['simulate', 'six.yaml', '-q', '-o', 'result.json'])).toMatchObject({ code: 0 });
    expect(statSync(at.path('result.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at.path('result.json'), 'utf8')).toContain('"schemaVersion": 1');
  });

  it.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('%s: what was begun is gone, the exit code tells', async (signal, code) => {
    at.write('many.yaml', 'workload: [ { generate: { count: 400000, arrivals: { process: poisson, rate: 20 }, class: high, outputTokens: 2 } } ]\n');
    const child = spawn(process.execPath, [BIN, 'simulate', 'many.yaml', '-q', '--requests', 'rows.csv'], { cwd: at.path('.'), stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', (status) => resolve(status)));
    const isTemporary = (name: string): boolean => name.startsWith('.sched-');
    while (!readdirSync(at.path('.')).some(isTemporary)) await setTimeout(5);
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(readdirSync(at.path('.')).filter((name) => isTemporary(name) || name === 'rows.csv')).toEqual([]);
  });
});

describe('--within', () => {
  it('reads what is below the folder, and nothing that a scenario names, or a link leads to, outside', () => {
    mkdirSync(at.path('inner'));
    const scenario = (file: string) => `workload: [ { trace: { file: "${file}", class: high } } ]\n`;
    at.write('inner/trace.csv', TRACE);
    at.write('inner/good.yaml', scenario('trace.csv'));
    at.write('inner/up.yaml', scenario('../trace.csv'));
    at.write('inner/absolute.yaml', scenario(at.path('trace.csv')));
    at.write('inner/missing.yaml', scenario('../nowhere.csv'));
    symlinkSync('../trace.csv', at.path('inner/link.csv'));
    at.write('inner/link.yaml', scenario('link.csv'));
    symlinkSync('../six.yaml', at.path('inner/six.yaml'));
    const inner = (name: string) => at.sched(['simulate', '--within', 'inner', `inner/${name}`]);
    expect(inner('good.yaml').code).toBe(0);
    for (const name of ['up', 'absolute', 'missing', 'link']) expect(inner(`${name}.yaml`)).toMatchObject({ code: 2, err: expect.stringContaining('is outside the folder that may be read') });
    expect(inner('six.yaml')).toMatchObject({ code: 2, err: expect.stringContaining('--within') });
    expect(at.sched(['check', '--within', 'inner', 'inner/good.yaml', 'inner/up.yaml']).out).toContain('is outside the folder');
    expect(at.sched(['simulate', 'inner/up.yaml']).code).toBe(0);
  });
});
