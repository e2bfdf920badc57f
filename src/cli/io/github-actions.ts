/** What GitHub Actions is told on its own channels: annotations in the log, the summary of the step. */
import { appendFileSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { CheckReport } from '../../gate/check-result.ts';
import { writeErr, writeOut } from './streams.ts';

/** Whether a GitHub runner reads our output. */
export function onGithub(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}

/** @param stdout whether standard output is for people, so that annotations may stand in it; the runner reads both */
export async function annotate(report: CheckReport, stdout: boolean): Promise<void> {
  const { githubAnnotations } = await import('../../render/check/github.ts');
  (stdout ? writeOut : writeErr)(githubAnnotations(report, inRepository));
}

/** A file as the repository calls it, wherever in it the command runs. */
function inRepository(file: string): string {
  const root = process.env['GITHUB_WORKSPACE'];
  if (root === undefined || root === '') return file;
  const path = relative(root, resolve(file));
  return path.startsWith('..') || resolve(root, path) !== resolve(file) ? file : path.split(sep).join('/');
}

/** Appends the report to the summary of the step. A summary that cannot be written is no reason to fail. */
export async function summarizeStep(report: CheckReport): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const [{ checkMarkdown }, { summaryPart }] = await Promise.all([import('../../render/check/check-markdown.ts'), import('../../render/check/github.ts')]);
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw new Error('it is not a regular file');
    appendFileSync(file, summaryPart(checkMarkdown(report), stats?.size ?? 0));
  } catch (error) {
    writeErr(`warning: cannot write the step summary: ${(error as Error).message}\n`);
  }
}
