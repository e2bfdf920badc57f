/** The start of the command: what V8 compiled is kept for the next time, and changes nothing but the time. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN, SIX } from './sched.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sched-start-'));
  writeFileSync(join(folder, 'six.yaml'), SIX);
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = () => join(folder, 'cache', 'sched');
const files = () => (existsSync(kept()) ? readdirSync(kept()) : []);

function run(args: readonly string[], env: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: join(folder, 'cache') }) {
  const { NODE_V8_COVERAGE: _, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: folder, env: { ...rest, ...env }, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('what was compiled is kept', () => {
  test('in a file for the command, which is left alone when it is good, with the same output every time', () => {
    const plain = run(['simulate', 'six.yaml'], { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(plain.status).toBe(0);
    expect(run(['simulate', 'six.yaml'])).toEqual(plain);
    expect(files()).toEqual([`simulate-${process.version}-${process.arch}.bin`]);
    const first = readFileSync(join(kept(), files()[0]!));
    expect(run(['simulate', 'six.yaml'])).toEqual(plain);
    expect(readFileSync(join(kept(), files()[0]!))).toEqual(first);
  });

  test('and only commands have a file: whatever else is typed shares one', () => {
    for (const word of ['--version', 'nonsense', '../../up', 'main']) run([word]);
    expect(files()).toEqual([`sched-${process.version}-${process.arch}.bin`]);
  });

  test('nothing where the environment says so', () => {
    run(['--version'], { NODE_COMPILE_CACHE: join(folder, 'cache'), NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(files()).toEqual([]);
  });

  test('nothing where it cannot be written, without a word', () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder would be');
    expect(run(['--version'])).toEqual(run(['--version'], { NODE_DISABLE_COMPILE_CACHE: '1' }));
  });
});

describe('a file of what was compiled is replaced', () => {
  test.each([
    ['cut short', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['not ours', () => Buffer.from('[["main.js",1]]\n?????')],
    ['of another V8', (whole: Buffer) => {
      // The second word of each part is the version's hash.
      const at = whole.indexOf('\n') + 1;
      const other = Buffer.from(whole);
      other.fill(0x5a, at + 4, at + 8);
      return other;
    }],
  ])('when it is %s', (_, broken) => {
    const good = run(['--version']);
    const file = join(kept(), files()[0]!);
    const bad = broken(readFileSync(file));
    writeFileSync(file, bad);
    expect(run(['--version'])).toEqual(good);
    expect(readFileSync(file).equals(bad)).toBe(false);
    expect(files()).toHaveLength(1);
  });
});
