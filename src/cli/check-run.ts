/** What `sched check` does: collect results, write them where they were asked for, set the exit code. */
import { mkdirSync } from 'node:fs';
import { refuse } from '../core/fault.ts';
import { byText } from '../gate/verdict.ts';
import { STDIN } from '../scenario/stdin.ts';
import type { CheckReport } from '../gate/check-result.ts';
import type { Shard } from '../gate/shards.ts';
import { check } from '../jobs/check.ts';
import { looksFor } from '../jobs/looks.ts';
import { readSettings } from '../jobs/selection.ts';
import type { WriteResults } from '../render/format.ts';
import { CHECK_REPORT } from '../render/formats.ts';
import { inputError, systemError } from './exit.ts';
import { WOULD_DESTROY } from './io/file-uses.ts';
import { baselineFile, orphanedBaselines, requireOwnBaselines } from './io/baseline-files.ts';
import { destinations, formatNamed, type Destination } from './io/destinations.ts';
import { annotate, onGithub, summarizeStep } from './io/github-actions.ts';
import { outputFiles, type OutputFiles } from './io/output-files.ts';
import { writeResults } from './io/results.ts';
import { scenarioFiles, shortName } from './io/scenario-files.ts';
import type { JobsOptions, LimitOptions, OutputOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

export interface CheckCommandOptions extends OutputOptions, JobsOptions, LimitOptions {
  readonly set: readonly string[];
  readonly replications?: number | 'auto';
  readonly maxReplications?: number;
  readonly expect: readonly string[];
  readonly tolerance: readonly string[];
  readonly baselineDir?: string;
  readonly update?: boolean;
  readonly requireBaseline?: boolean;
  readonly allowEmpty?: boolean;
  readonly shard?: Shard;
  readonly bail?: boolean;
}

/**
 * Checks scenarios and sets the exit code: that of the worst of them.
 *
 * @throws FaultError
 */
export async function checkFiles(args: readonly string[], options: CheckCommandOptions): Promise<void> {
  const { expect, tolerance, baselineDir = null, update = false, requireBaseline = false, allowEmpty = false, shard = null, bail = false } = options;
  if (update && options.set.length > 0) throw inputError('--set and --update do not go together', 'a baseline is of the scenario as its file has it: put the value there');
  const given = new Map((await scenarioFiles(args)).map(({ file, isNamed }) => [file === STDIN ? file : shortName(file), isNamed]));
  const files = [...given.keys()].sort(byText);
  const wanted = destinations(options, CHECK_REPORT);
  requireOwnBaselines(files, baselineDir);
  const { report, write } = await check({
    scenarios: files.map((file) => ({ file, isFound: given.get(file) === false, baseline: baselineFile(file, baselineDir) })),
    orphans: orphanedBaselines(files, baselineDir), orphansFail: !update && (requireBaseline || inCi()),
    set: readSettings(options.set), replications: looksFor(options.replications, options.maxReplications), expect, tolerance, update, requireBaseline, allowEmpty, shard, bail, debug: process.env['SCHED_DEBUG'] === '1',
  }, worldOf(options, threads(options)));
  refuse(report.results.flatMap(({ problems }) => problems.filter(({ code }) => code === WOULD_DESTROY)));
  await publish(report, options, wanted, (written) => {
    if (update && baselineDir !== null) makeDirectory(baselineDir);
    for (const { file, text } of write) written.replaceBaseline(file).write(text);
  });
  if (onGithub()) await annotate(report, formatNamed(options.format, CHECK_REPORT).forPeople ?? false);
}

/** Whether this is a CI job: every service sets CI. There, what a person would only be told is wrong. */
function inCi(): boolean {
  return !['', '0', 'false'].includes((process.env['CI'] ?? '').toLowerCase());
}

/** Results and baselines appear together, when all of them are complete. */
export async function publish(
  report: CheckReport, { color, format, quiet = false }: OutputOptions, wanted: readonly Destination<WriteResults<CheckReport>>[], more: (files: OutputFiles) => void,
): Promise<void> {
  // First of all: a reader that goes away must not turn a failure into a success.
  process.exitCode = report.exitCode;
  // Quiet is about what went well.
  const loud = quiet && format === undefined && report.exitCode !== 0 ? [{ path: '-', format: CHECK_REPORT[0] }] : [];
  const files = outputFiles();
  try {
    more(files);
    await writeResults(files, [...loud, ...wanted], [report], color);
    files.commit();
  } finally {
    files.discard();
  }
  await summarizeStep(report);
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw systemError(error, `cannot make the directory ${path}`) ?? error;
  }
}
