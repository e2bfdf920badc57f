/** What the tests of `sched check` share: a folder, the command in it without a runner around, and a scenario with expectations. */
import { readFileSync } from 'node:fs';
import { SIX, workspace, type Result, type Workspace } from './sched.ts';

/** What a runner would set must not reach these tests when they run on one. */
export const NOWHERE = { CI: '', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', GITHUB_WORKSPACE: '' };

export interface Checking extends Workspace {
  readonly check: (args: readonly string[], env?: Readonly<Record<string, string>>, input?: string) => Result;
  /** The text of a file. */
  readonly file: (name: string) => string;
}

export function checking(): Checking {
  const at = workspace();
  return {
    ...at,
    check: (args, env = {}, input = '') => at.sched(['check', ...args], { env: { ...NOWHERE, ...env }, input }),
    file: (name) => readFileSync(at.path(name), 'utf8'),
  };
}

/** The six requests with expectations. */
export function six(...expectations: readonly string[]): string {
  return `${SIX}expect:\n${expectations.map((text) => `  - ${text}\n`).join('')}`;
}
