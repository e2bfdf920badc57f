/** Which files the arguments of a command stand for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarioFiles } from '../../src/cli/io/scenario-files.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sched-files-'));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, '.hidden'));
  const files = ['a.yaml', 'b.yml', 'c.json', 'b.baseline.json', 'scenario.schema.json', 'notes.txt', 'deep/er/d.yaml', 'node_modules/n.yaml', '.hidden/h.yaml', 'odd[1].yaml'];
  for (const file of files) writeFileSync(join(folder, file), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The names within the folder. */
async function filesOf(...args: string[]): Promise<string[]> {
  const files = await scenarioFiles(args.map((arg) => (arg.startsWith('!') ? `!${join(folder, arg.slice(1))}` : join(folder, arg))));
  return files.map(({ file, isNamed }) => `${file.split(`${folder.split('/').at(-1)}/`).at(-1)}${isNamed ? '!' : ''}`);
}

describe('arguments', () => {
  it.each([
    [['.'], ['a.yaml', 'b.yml', 'c.json', 'deep/er/d.yaml', 'odd[1].yaml']],
    [['*.yaml'], ['a.yaml', 'odd[1].yaml']],
    [['{a,b}.y*'], ['a.yaml', 'b.yml']],
    [['[bc].*'], ['b.yml', 'c.json']],
    [['**/d.yaml'], ['deep/er/d.yaml']],
    [['**/**/**/d.yaml'], ['deep/er/d.yaml']],
    [['deep'], ['deep/er/d.yaml']],
    [['.', '!b.yml', '!deep'], ['a.yaml', 'c.json', 'odd[1].yaml']],
    [['c.json', '*.{json,yml}'], ['c.json!', 'b.yml']],
    [['odd[1].yaml'], ['odd[1].yaml!']],
    [['gone.yaml'], ['gone.yaml!']],
    [['a.yaml', 'b.baseline.json', 'scenario.schema.json'], ['a.yaml!']],
  ])('%j stand for %j', async (args, files) => {
    expect(await filesOf(...args)).toEqual(files);
  });

  it.each([[['*.toml'], 'no scenario matches'], [['a.yaml', '!*.yaml'], 'there is no scenario in']])('%j are refused', async (args, message) => {
    await expect(filesOf(...args)).rejects.toThrow(message);
  });

  it('goes through a deep folder once, however often a pattern says so', async () => {
    const deep = join(folder, 'deep', ...Array.from({ length: 30 }, () => 'x'));
    mkdirSync(deep, { recursive: true });
    await expect(filesOf(`${'**/'.repeat(14)}q.yaml`)).rejects.toThrow('no scenario matches');
  });
});
