/** A reader's machine: a folder with the ready scenarios and the tools that the docs call. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { BIN, type Result } from '../cli/sched.ts';
import { ROOT } from './pages.ts';

/** Stand-ins for what a reader has: the command itself, and what would need a network. */
const TOOLS: Readonly<Record<string, string>> = {
  sched: `exec "${process.execPath}" "${BIN}" "$@"`,
  npm: 'exit 0',
  npx: 'exec "$@"',
  curl: String.raw`printf 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n' > "$3"`,
};

export interface Reader {
  readonly path: (name: string) => string;
  /** Runs a line as a shell does. */
  readonly run: (line: string, env?: Readonly<Record<string, string>>) => Result;
  readonly remove: () => void;
}

/** @param wanted which of the ready scenarios and their baselines the folder has */
export function reader(wanted: (file: string) => boolean = () => true): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'sched-docs-'));
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  for (const [name, line] of Object.entries(TOOLS)) {
    writeFileSync(join(tools, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(tools, name), 0o755);
  }
  cpSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'), { recursive: true, filter: (file) => file === join(ROOT, 'scenarios') || wanted(file) });
  const { FORCE_COLOR: _colour, COLUMNS: _columns, GITHUB_ACTIONS: _actions, GITHUB_STEP_SUMMARY: _summary, ...env } = process.env;
  return {
    path: (name) => join(folder, name),
    run(line, more = {}) {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
        cwd: folder, env: { ...env, ...more, PATH: tools + delimiter + env['PATH'] }, encoding: 'utf8',
      });
      return { code: status, out: stdout, err: stderr };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
