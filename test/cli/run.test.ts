import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { width } from '../../src/render/text/text.ts';
import { BIN, SIX, workspace, type Workspace } from './sched.ts';

let at: Workspace;

beforeAll(() => {
  at = workspace();
  at.write('six.yaml', SIX);
  at.write('bad.yaml', 'engine: { maxBatchSize: 0 }\nworkload: []\n');
  at.write('missing.yaml', 'workload:\n  - trace: { file: nosuch.csv, class: high }\n');
});
afterAll(() => at.remove());

/** Names in the workspace that were not there at first. */
const extra = () => readdirSync(at.path('.')).filter((name) => !['six.yaml', 'bad.yaml', 'missing.yaml'].includes(name));

describe('simulate', () => {
  it('prints a table, without colour and within 100 columns when piped', () => {
    const { code, out, err } = at.sched(['simulate', 'six.yaml']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Six, one at a time');
    expect(out).not.toContain('\u001b');
    for (const line of out.split('\n')) expect(width(line)).toBeLessThanOrEqual(100);
  });

  it('gives the fair version of the notebook comparison: 2.35 s against 2.075 s', () => {
    const { runs } = JSON.parse(at.sched(['simulate', 'six.yaml', '--format', 'json']).out);
    expect(runs.map((run: { all: { latency: { mean: number } } }) => run.all.latency.mean)).toEqual([2.35, 2.075]);
  });

  it('reads standard input, and writes the same bytes wherever it runs', () => {
    const args = ['simulate', '-', '--format', 'json'];
    const here = at.sched(args, { input: SIX });
    const there = at.sched(args, { input: SIX, env: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', COLUMNS: '40' } });
    expect(here.code).toBe(0);
    expect(there.out).toBe(here.out);
  });

  it('writes rows of requests to standard output, and nothing else', () => {
    const { code, out } = at.sched(['simulate', 'six.yaml', '--requests', '-', '--scheduler', 'priority']);
    expect(code).toBe(0);
    const rows: Record<string, string>[] = parse(out, { columns: true });
    expect(rows.map(({ id, finish }) => `${id} ${finish}`)).toEqual(['a 1', 'b 3.15', 'c 1.25', 'd 2.25', 'e 1.65', 'f 3.9']);
  });

  it('writes every file that is asked for, whole, and no other', () => {
    const { code, out } = at.sched([
      'simulate', 'six.yaml', '--quiet', '-o', 'a.json', '-o', 'a.csv', '-o', 'a.md', '-o', 'a.txt', '--requests', 'r.jsonl', '--steps', 's.jsonl',
    ]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(extra().sort()).toEqual(['a.csv', 'a.json', 'a.md', 'a.txt', 'r.jsonl', 's.jsonl']);
    const lines = (name: string) => readFileSync(at.path(name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    expect(JSON.parse(readFileSync(at.path('a.json'), 'utf8')).scenario.requests).toBe(6);
    expect(lines('r.jsonl')).toHaveLength(12);
    expect(lines('s.jsonl')[0]).toMatchObject({ scheduler: 'fifo', step: 0, start: 0, end: 0.05, scheduled: [['a', 1]] });
    at.sched(['simulate', 'six.yaml', '-q', '-o', 'a.json', '--seed', '7']);
    expect(JSON.parse(readFileSync(at.path('a.json'), 'utf8')).scenario.seed).toBe('7');
    expect(extra()).toHaveLength(6);
  });

  it.each([['bad.yaml'], ['missing.yaml'], ['nosuch.yaml']])('writes nothing when one of the scenarios is %s', (file) => {
    const { code, out, err } = at.sched(['simulate', 'six.yaml', file, '-o', 'never.json', '--format', 'json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(file);
    expect(err).not.toMatch(/\n +at /);
    expect(extra().filter((name) => name.includes('never'))).toEqual([]);
  });
});

describe('compare', () => {
  it('says who gains and who pays', () => {
    const { code, out } = at.sched(['compare', 'six.yaml']);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/against fifo: high gains \(.*low pays \(/);
  });

  it('refuses a single scheduler', () => {
    expect(at.sched(['compare', 'six.yaml', '--scheduler', 'fifo'])).toMatchObject({ code: 2, out: '' });
  });

  it('colours where that is asked for, and only then', () => {
    const escapes = (args: string[], env = {}) => at.sched(['compare', 'six.yaml', ...args], { env }).out.includes('\u001b');
    expect([escapes([]), escapes([], { FORCE_COLOR: '1' }), escapes([], { FORCE_COLOR: '1', NO_COLOR: '1' }), escapes(['--no-color'], { FORCE_COLOR: '1' })])
      .toEqual([false, true, false, false]);
  });
});

describe('a reader that goes away', () => {
  it('ends the command quietly', async () => {
    const child = spawn(process.execPath, [BIN, 'simulate', at.path('six.yaml'), '--steps', '-']);
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

it('an interrupt ends the command as the shell expects', async () => {
  at.write('long.yaml', 'engine: { maxBatchSize: 2 }\nworkload:\n  - generate: { count: 3000000, arrivals: { process: poisson, rate: 1 }, class: high, promptTokens: 1, outputTokens: 30 }\n');
  const child = spawn(process.execPath, [BIN, 'simulate', at.path('long.yaml'), '-o', at.path('long.json')]);
  setTimeout(() => child.kill('SIGINT'), 600);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => child.on('close', (...ends) => resolve(ends)));
  expect(code === 130 || signal === 'SIGINT').toBe(true);
  expect(existsSync(at.path('long.json'))).toBe(false);
});
