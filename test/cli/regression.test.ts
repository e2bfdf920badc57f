/** Bugs built into the program on purpose: the committed baselines catch them, and say whom they hit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sched-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Checks a ready scenario with a program in which a module has more lines than it should. */
async function checkedWith(module: string, lines: string, scenario: string): Promise<{ code: number | null; out: string }> {
  const file = join(ROOT, 'src', module);
  await build({
    input: join(ROOT, 'src/cli/main.ts'), platform: 'node', cwd: ROOT, logLevel: 'silent',
    plugins: [{ name: 'bug', load: (id) => (id === file ? `${readFileSync(id, 'utf8')}\n${lines}` : null) }],
    output: { dir: folder, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
  });
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'main.cjs'), 'check', `scenarios/${scenario}.yaml`], {
    cwd: ROOT, encoding: 'utf8', env: { PATH: process.env['PATH'] },
  });
  return { code: status, out: stdout };
}

const SWAPPED = `
const { make } = priority;
priority.make = (table, options) => {
  const classes = table.class.slice();
  const other = classes.findLastIndex((each) => each !== classes[8]);
  [classes[8], classes[other]] = [classes[other], classes[8]];
  return make(Object.create(table, { class: { value: classes } }), options);
};`;

const SLOWER = `
for (const model of STEP_TIMES) {
  const { make } = model;
  model.make = (options) => {
    const stepTime = make(options);
    return { ...stepTime, duration: (...batch) => Math.round(1.01 * stepTime.duration(...batch)) };
  };
}`;

describe('sched check', () => {
  it('without a bug has nothing to say', async () => {
    expect(await checkedWith('schedulers/index.ts', '', 'thirty-random-loaded')).toMatchObject({ code: 0, out: expect.stringContaining('baseline unchanged') });
  });

  it('tells a policy that swaps two requests from everything else', async () => {
    const { code, out } = await checkedWith('schedulers/index.ts', SWAPPED, 'thirty-random-loaded');
    expect(code).toBe(1);
    expect(out).toContain('only the outcome changed');
    expect(out).toMatch(/changed under priority.*; under fifo.* every request fares as before/);
    expect(out).toMatch(/^ +medium under priority: latency\.\w+ .* worse\)/m);
  });

  it('tells a step that takes 1 % longer, under every scheduler and for every class', async () => {
    const { code, out } = await checkedWith('engine/step-time/index.ts', SLOWER, 'one-at-a-time');
    expect(code).toBe(1);
    expect(out).toContain('only the outcome changed');
    expect(out).toContain('changed under every scheduler');
    expect(out.match(/^ +(high|medium|low) under .*: latency\.mean .*\(\+[\d.]+ %, worse\)/gm)).toHaveLength(9);
  });
});
