/** What `sched workload` does: builds the requests of scenarios and of traces, describes them, and writes them down. */
import { extname } from 'node:path';
import { describe, describeTrace, type Looking, type WorkloadReport } from '../jobs/workload.ts';
import type { World } from '../jobs/world.ts';
import { WORKLOADS } from '../render/formats.ts';
import { inputError } from './exit.ts';
import { destinations } from './io/destinations.ts';
import { type OutputFiles, outputFiles } from './io/output-files.ts';
import { writeResults } from './io/results.ts';
import { scenarioFiles } from './io/scenario-files.ts';
import { loadSelected } from './load.ts';
import type { LimitOptions, OutputOptions, SelectionOptions } from './shared-options.ts';
import { worldOf } from './world.ts';

export type WorkloadOptions = OutputOptions & SelectionOptions & LimitOptions & Looking;

/** Files of requests, by extension. */
const REQUEST_FILES = ['.csv', '.jsonl', '.yaml', '.yml'];

/** @throws FaultError */
export async function describeFiles(args: readonly string[], options: WorkloadOptions): Promise<void> {
  const paths = (await scenarioFiles(args)).map(({ file }) => file);
  const written = options.output.filter((path) => REQUEST_FILES.includes(extname(path).toLowerCase()));
  if (written.length > 0 && paths.length > 1) throw inputError('requests are written of one workload at a time', 'name one file, or another kind of output');
  const wanted = destinations({ ...options, output: options.output.filter((path) => !written.includes(path)) }, WORKLOADS, written);
  const world = worldOf(options);
  const traces = new Set<string>();
  for (const path of paths) if (await isTrace(path, world)) traces.add(path);
  const scenarios = await loadSelected(paths.filter((path) => !traces.has(path)), options, world);
  const reports: WorkloadReport[] = [];
  for (const path of paths) {
    if (traces.has(path)) reports.push(await describeTrace(path, options.seed ?? '0', options, world));
    else reports.push(await describe(scenarios.shift()!, options, world));
  }
  const files = outputFiles();
  try {
    await writeResults(files, wanted, reports, options.color);
    for (const path of written) await writeRequests(files, path, reports[0]!);
    files.commit();
  } finally {
    files.discard();
  }
}

async function writeRequests(files: OutputFiles, path: string, report: WorkloadReport): Promise<void> {
  const { requestLines, twinLines } = await import('../render/workload/requests.ts');
  const sink = files.open(path);
  const extension = extname(path).toLowerCase();
  const isYaml = extension === '.yaml' || extension === '.yml';
  if (isYaml && report.twin === null) throw inputError('so few requests have no twin', 'leave --fit out to write them as they are');
  const lines = isYaml && report.twin ? twinLines(report, report.twin) : requestLines(report, isYaml ? 'yaml' : extension === '.csv' ? 'csv' : 'jsonl');
  for (const line of lines) sink.write(line);
}

/** Beginnings of a scenario: its one key that must be there. */
const SCENARIO = /^\s*\{?\s*["']?workload["']?\s*:|["']workload["']\s*:\s*\[/m;

/** Whether a file is a trace and no scenario: by what it begins with, where its name leaves it open. */
async function isTrace(path: string, world: World): Promise<boolean> {
  const extension = extname(path).toLowerCase();
  if (path === '-' || extension === '.yaml' || extension === '.yml') return false;
  if (['.csv', '.tsv', '.jsonl', '.ndjson', '.gz'].includes(extension)) return true;
  try {
    for await (const chunk of world.files.beside(path).open(path.split(/[/\\]/).at(-1)!)) return !SCENARIO.test(new TextDecoder().decode(chunk));
    return false;
  } catch {
    // Whoever loads it says what is wrong.
    return false;
  }
}
