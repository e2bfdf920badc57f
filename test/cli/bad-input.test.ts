/** What a stranger may hand to the command: each ends in exit 2 with its place and what to do, and in nothing written. */
import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIX, workspace, type Result, type Workspace } from './sched.ts';

let at: Workspace;

beforeAll(() => {
  at = workspace();
  at.write('six.yaml', SIX);
  mkdirSync(at.path('folder.yaml'));
});
afterAll(() => at.remove());

const listed = (request: string) => `workload:\n  - requests: [${request}]\n`;
const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens\n';
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...[...'bcdefghi'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)].join('\n');

const SCENARIOS: readonly (readonly [what: string, text: string | Uint8Array, culprit: string])[] = [
  ['nothing', '', ''],
  ['bytes that are no text', Uint8Array.from({ length: 512 }, (_, i) => i % 256), ''],
  ['UTF-16', new Uint8Array(Buffer.from('\ufeffname: x\n', 'utf16le')), ''],
  ['a list', '- 1\n', '- 1'],
  ['YAML that ends early', 'engine: { maxBatchSize: 8\nworkload: [\n', 'workload'],
  ['tabs', 'workload:\n\t- requests: []\n', '\t-'],
  ['an alias bomb', `${bomb}\n`, ''],
  ['a key twice', `name: a\nname: b\n${listed('{ at: 0s, class: high, outputTokens: 1 }')}`, 'name: b'],
  ['a slip in a key', listed('{ at: 0s, clas: high, outputTokens: 1 }'), 'clas:'],
  ['a class that is not there', listed('{ at: 0s, class: hihg, outputTokens: 1 }'), 'hihg'],
  ['a duration below zero', listed('{ at: -1s, class: high, outputTokens: 1 }'), '-1s'],
  ['a duration without a unit', listed('{ at: 1, class: high, outputTokens: 1 }'), '1, class'],
  ['no number', listed('{ at: 0s, class: high, outputTokens: .nan }'), '.nan'],
  ['a number beyond all tokens', listed('{ at: 0s, class: high, outputTokens: 1e308 }'), '1e308'],
  ['a million million requests', 'workload:\n  - generate: { count: 1e12, arrivals: { process: poisson, rate: 1 }, class: high, outputTokens: 1 }\n', '1e12'],
];

/** What no user should see of a fault. */
// oxlint-disable-next-line no-control-regex
const HORRORS = /\n +at |internal error|\u001b/;

/** `line:column:` of the first place where `part` stands. */
function placeOf(text: string, part: string): string {
  const lines = text.slice(0, text.indexOf(part)).split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}:`;
}

describe('a scenario of', () => {
  const nameOf = (what: string) => `${what.replaceAll(' ', '-')}.yaml`;
  let result: Result;
  beforeAll(() => {
    for (const [what, text] of SCENARIOS) at.write(nameOf(what), text);
    result = at.sched(['simulate', 'six.yaml', ...SCENARIOS.map(([what]) => nameOf(what)), '-o', 'never.json']);
  });

  it.each(SCENARIOS)('%s is refused at its place', (what, text, culprit) => {
    const place = typeof text === 'string' && culprit !== '' ? placeOf(text, culprit) : '';
    expect(`\n${result.err}`).toContain(`\n${nameOf(what)}:${place}`);
  });

  it('any kind ends in exit 2, without a stack and without output', () => {
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).not.toMatch(HORRORS);
    expect(readdirSync(at.path('.')).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('files that cannot be read tells all of them', () => {
    at.write('files.yaml', [
      'workload:', '  - trace: { file: a.csv, class: high }', '  - trace: { file: folder.yaml, class: high }',
      '  - generate: { count: 1, arrivals: { process: poisson, rate: 1 }, class: high, outputTokens: { distribution: empirical, file: c.csv, column: x } }',
    ].join('\n'));
    const { code, out, err } = at.sched(['simulate', 'files.yaml']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.match(/^files\.yaml:\d+/gm)).toEqual(['files.yaml:2', 'files.yaml:3', 'files.yaml:4']);
  });

  it('lengths that are in no file says so', () => {
    at.write('lengths.yaml', 'workload:\n  - generate: { count: 1, arrivals: { process: poisson, rate: 1 }, class: high, outputTokens: { distribution: empirical, file: c.csv, column: x } }\n');
    const { code, err } = at.sched(['simulate', 'lengths.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('c.csv does not exist');
  });
});

it.each(['simulate', 'check'])('%s refuses a run that is longer than virtual time is exact', (command) => {
  at.write('endless.yaml', [
    'engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 1000h } }', 'workload:', '  - requests: [{ class: high, outputTokens: 2502 }]', '',
  ].join('\n'));
  const { code, err, out } = at.sched([command, 'endless.yaml']);
  expect(code).toBe(2);
  expect(err + out).toMatch(/^endless\.yaml:1:38: error: .*285 years/m);
  at.write('long.yaml', 'engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 1000h } }\nworkload:\n  - requests: [{ class: high, outputTokens: 2501 }]\n');
  expect(at.sched([command, 'long.yaml', ...(command === 'check' ? ['--allow-empty'] : [])]).code).toBe(0);
});

describe('a trace with', () => {
  const rows = '2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n';
  it.each([
    ['a torn last row', `${HEADER}${rows}2023-11-16 18:15:51.22`, 'trace.csv:4:'],
    ['a torn number of fields', `${HEADER}${rows}2023-11-16 18:15:51.2224670,879`, 'trace.csv:4:'],
    ['another header', `time,tokens\n${rows}`, 'trace.csv:1:1: '],
    ['words for tokens', `${HEADER}2023-11-16 18:15:46,many,44\n`, 'trace.csv:2:21: '],
    ['a day that does not exist', `${HEADER}2023-02-30 18:15:46,1,44\n`, 'trace.csv:2:1: '],
    ['a quote that is never closed', `${HEADER}"2023-02-03 18:15:46,1,44\n`, 'trace.csv:'],
    ['bytes that are no text', new Uint8Array(Buffer.from(HEADER + '\u0000\u001b[31m\u0007,1,2\n')), 'trace.csv:2:1: '],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${HEADER}${rows}`, 'utf16le')), 'trace.csv: error: the file is not text in UTF-8'],
    ['one endless line', 'x'.repeat(3_000_000), 'trace.csv:1:1: '],
    ['nothing in it', '', 'trace.csv: '],
  ])('%s', (_, text, place) => {
    at.write('trace.csv', text);
    at.write('traced.yaml', 'workload:\n  - trace: { file: trace.csv, class: high }\n');
    const { code, out, err } = at.sched(['compare', 'traced.yaml']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.startsWith(place)).toBe(true);
    expect(err).not.toMatch(HORRORS);
    expect(err.length).toBeLessThan(2000);
  });
});
