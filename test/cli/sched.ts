/** Runs the command as a user does, in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const BIN = resolve(import.meta.dirname, '../../bin/sched.js');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Workspace {
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string | Uint8Array) => void;
  readonly sched: (args: readonly string[], options?: { input?: string | Uint8Array; env?: Readonly<Record<string, string>> }) => Result;
  readonly remove: () => void;
}

/** A temporary folder; the command runs in it, without colour or width from the outside. */
export function workspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'sched-'));
  const { FORCE_COLOR: _force, NO_COLOR: _no, COLUMNS: _columns, ...env } = process.env;
  return {
    path: (name) => join(folder, name),
    write: (name, text) => writeFileSync(join(folder, name), text),
    sched(args, { input = '', env: more = {} } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: folder, input, env: { ...env, ...more }, encoding: 'utf8' });
      return { code: status, out: stdout, err: stderr };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The notebook's comparison on one clock: six requests, one at a time. */
export const SIX = `
name: Six, one at a time
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 50ms } }
workload:
  - requests:
      - { id: a, at: 0s, class: low, promptTokens: 1, outputTokens: 20 }
      - { id: b, at: 50ms, class: low, promptTokens: 1, outputTokens: 18 }
      - { id: c, at: 100ms, class: high, promptTokens: 1, outputTokens: 5 }
      - { id: d, at: 150ms, class: medium, promptTokens: 1, outputTokens: 12 }
      - { id: e, at: 200ms, class: high, promptTokens: 1, outputTokens: 8 }
      - { id: f, at: 250ms, class: low, promptTokens: 1, outputTokens: 15 }
`;
