/** Scenario files into scenarios: all of them, or everything that is wrong with any of them. */
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../core/diagnostic.ts';
import { loadScenario, type LoadedScenario as Loaded } from '../scenario/load.ts';
import { sentence } from '../scenario/messages.ts';
import { WorkloadError, type Problem } from '../workload/problem.ts';
import { say } from './io/diagnostics.ts';
import { InputError, ReportedError } from './exit.ts';
import { readScenarioFile, STDIN } from './io/files.ts';

/** A scenario and the file it came from. */
export interface LoadedScenario extends Loaded {
  /** As given on the command line. */
  readonly path: string;
}

/**
 * Loads every file before anything is said, so that a user sees all faults at once.
 *
 * @throws ReportedError when the faults are told; InputError when a file cannot be read
 */
export async function loadScenarios(paths: readonly string[], { quiet = false, color }: { quiet?: boolean; color: boolean }): Promise<LoadedScenario[]> {
  if (paths.filter((path) => path === STDIN).length > 1) throw new InputError('standard input (-) can be read only once');
  const loaded: LoadedScenario[] = [];
  const faults: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  for (const path of paths) {
    const result = loadFile(path);
    if ('scenario' in result) {
      loaded.push({ ...result, path });
      warnings.push(...result.warnings);
    } else {
      faults.push(...result.diagnostics);
    }
  }
  await say(quiet ? faults : [...faults, ...warnings], color);
  if (faults.length > 0) throw new ReportedError();
  return loaded;
}

/** One file; a file that cannot be read is a fault like any other, so that the rest of the files have their say. */
export function loadFile(path: string): ReturnType<typeof loadScenario> {
  try {
    return loadScenario(readScenarioFile(path), path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { diagnostics: [{ code: 'unreadable-file', message: error.message, file: path }] };
  }
}

/**
 * Builds a workload or runs it; what is wrong with it is told with its place in the scenario, or in the trace.
 *
 * @throws ReportedError
 */
export async function reportingFaults<Result>(loaded: LoadedScenario, color: boolean, build: () => Promise<Result>): Promise<Result> {
  try {
    return await build();
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    return tellProblems(loaded, error.problems, color);
  }
}

/**
 * Tells what is wrong with a workload.
 *
 * @throws ReportedError always
 */
export async function tellProblems({ path, locate }: LoadedScenario, problems: readonly Problem[], color: boolean): Promise<never> {
  await say(problems.map((problem) => diagnosticOf(problem, path, locate)), color);
  throw new ReportedError();
}

/** A problem of a workload with its place: in the scenario, or in the file that is at fault. */
export function diagnosticOf(problem: Problem, path: string, locate: Loaded['locate']): Diagnostic {
  const { message, help, file, line, column, excerpt, excerptColumn } = problem;
  const about = { code: 'workload', ...(help !== undefined && { help }) };
  if (file === undefined) return { ...about, message: sentence(problem.path, message), file: path, ...locate(problem.path) };
  const place = line === undefined ? {} : {
    line,
    ...(column !== undefined && { column }),
    ...(excerpt !== undefined && { sourceLine: excerpt }),
    ...(excerptColumn !== undefined && { sourceColumn: excerptColumn }),
  };
  return { ...about, message, file: path === STDIN ? file : join(dirname(path), file), ...place };
}
