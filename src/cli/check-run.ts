/** What `sched check` and `sched merge` do: collect results, write them where they were asked for, set the exit code. */
import { mkdirSync } from 'node:fs';
import { type Fault, refuse } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import type { CheckReport } from '../gate/check-result.ts';
import { mergeReports, parseReport, type NamedReport } from '../gate/merge.ts';
import { parseExpectation } from '../gate/parse.ts';
import { isInShard, type Shard } from '../gate/shards.ts';
import { parseTolerance } from '../gate/tolerance.ts';
import { reportOf } from '../gate/verdict.ts';
import { requireOwnBaselines, scenarioFiles } from './io/check-files.ts';
import { inOption, inTolerance, type CheckOptions } from './check-scenario.ts';
import { destinations, type Destination } from './io/destinations.ts';
import { inputError, systemError } from './exit.ts';
import { WOULD_DESTROY } from './io/file-uses.ts';
import { annotate, onGithub, summarizeStep } from './io/github-actions.ts';
import { outputFiles, type OutputFiles } from './io/output-files.ts';
import { progress } from './io/progress.ts';
import { readWhole } from './io/read-whole.ts';
import { CHECK, writeResults } from './io/results.ts';
import type { JobsOptions, OutputOptions } from './shared-options.ts';
import type { CheckTask } from './threads/tasks.ts';
import { doAll } from './threads/threads.ts';

export interface CheckCommandOptions extends OutputOptions, JobsOptions {
  readonly expect: readonly string[];
  readonly tolerance: readonly string[];
  readonly baselineDir?: string;
  readonly update?: boolean;
  readonly requireBaseline?: boolean;
  readonly shard?: Shard;
  readonly bail?: boolean;
}

/**
 * Checks scenarios and sets the exit code: that of the worst of them.
 *
 * @param sched the version of this program
 * @throws FaultError
 */
export async function checkFiles(args: readonly string[], options: CheckCommandOptions, sched: string): Promise<void> {
  const { expect, tolerance, baselineDir = null, update = false, requireBaseline = false, shard = null, bail = false, jobs } = options;
  const all = scenarioFiles(args);
  const wanted = destinations(options, CHECK);
  requireWellFormed(expect, tolerance);
  requireOwnBaselines(all, baselineDir);
  const files = shard === null ? all : all.filter((file) => isInShard(file, shard));
  const check: CheckOptions = { sched, expect, tolerance, baselineDir, update, requireBaseline };
  const outputs = await doAll(files.map((file): CheckTask => ({ kind: 'check', file, options: check })), {
    threads: jobs, line: progress(options.quiet ?? false), isLast: ({ result }) => bail && result.exitCode !== 0,
  });
  refuse(outputs.flatMap(({ result }) => result.problems.filter(({ code }) => code === WOULD_DESTROY)));
  const report = reportOf(outputs.map(({ result }) => result), { sched, shard, notRun: files.slice(outputs.length) });
  await publish(report, options, wanted, (written) => {
    if (update && baselineDir !== null) makeDirectory(baselineDir);
    for (const { write } of outputs) if (write) written.replaceBaseline(write.file).write(write.text);
  });
  if (onGithub()) await annotate(report, options.format === undefined || options.format === 'table');
}

/**
 * Puts results of `sched check --format json` together and sets the exit code that they come to.
 *
 * @throws FaultError
 */
export async function mergeFiles(paths: readonly string[], options: OutputOptions): Promise<void> {
  const wanted = destinations(options, CHECK);
  const merged = mergeReports(paths.map(readReport));
  if (typeof merged === 'string') throw inputError(merged);
  await publish(merged, options, wanted, () => {});
}

/** Says what is wrong with the command line's own expectations and tolerances once, not once for each scenario. */
function requireWellFormed(expect: readonly string[], tolerances: readonly string[]): void {
  const faults: Fault<FilePlace>[] = [
    ...expect.flatMap((text) => {
      const read = parseExpectation(text);
      if ('value' in read) return [];
      return [inOption('--expect', text, read.fault)];
    }),
    ...tolerances.flatMap((text) => {
      const read = parseTolerance(text);
      return 'value' in read ? [] : [inTolerance(text, read.fault)];
    }),
  ];
  refuse(faults);
}

/** Results and baselines appear together, when all of them are complete. */
async function publish(
  report: CheckReport, { color, format, quiet = false }: OutputOptions, wanted: readonly Destination[], more: (files: OutputFiles) => void,
): Promise<void> {
  // First of all: a reader that goes away must not turn a failure into a success.
  process.exitCode = report.exitCode;
  // Quiet is about what went well.
  const loud: Destination[] = quiet && format === undefined && report.exitCode !== 0 ? [{ path: '-', format: 'table' }] : [];
  const files = outputFiles();
  try {
    more(files);
    await writeResults(files, [...loud, ...wanted], CHECK, [report], color);
    files.commit();
  } finally {
    files.discard();
  }
  await summarizeStep(report);
}

/** Largest result that merge reads. */
const MAX_RESULT_MEBIBYTES = 64;

function readReport(file: string): NamedReport {
  const report = parseReport(readWhole(file, MAX_RESULT_MEBIBYTES).toString('utf8'));
  if (typeof report === 'string') throw inputError(`${file} ${report}`, 'merge takes what sched check --format json writes');
  return { file, report };
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw systemError(error, `cannot make the directory ${path}`) ?? error;
  }
}
