/** Where results go: every file written whole, by one writer, and never over what was read. */
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIX, workspace, type Workspace } from './sched.ts';

const JSON_SCENARIO = '{ "workload": [ { "requests": [ { "at": "0s", "class": "high", "outputTokens": 1 } ] } ] }\n';
const TRACE = 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n';

let at: Workspace;
let before: string[];

beforeAll(() => {
  at = workspace();
  at.write('six.yaml', SIX);
  at.write('scenario.json', JSON_SCENARIO);
  at.write('trace.csv', TRACE);
  at.write('traced.yaml', 'workload:\n  - trace: { file: trace.csv, class: high }\n');
  symlinkSync('scenario.json', at.path('link.json'));
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
    ['into a folder that is not there', ['simulate', 'six.yaml', '-o', 'a.json', '-o', 'nowhere/a.csv'], 'there is no folder nowhere'],
  ])('%s is refused, and nothing has changed', (_, args, named) => {
    const { code, out, err } = at.sched(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(named);
    expect(readdirSync(at.path('.'))).toEqual(before);
    expect(readFileSync(at.path('scenario.json'), 'utf8')).toBe(JSON_SCENARIO);
    expect(readFileSync(at.path('trace.csv'), 'utf8')).toBe(TRACE);
  });

  it('to a device more than once may do so', () => {
    symlinkSync('/dev/null', at.path('null.csv'));
    symlinkSync('/dev/null', at.path('null.jsonl'));
    expect(at.sched(['simulate', 'six.yaml', '-q', '--requests', 'null.csv', '--steps', 'null.jsonl'])).toMatchObject({ code: 0, out: '', err: '' });
  });
});
