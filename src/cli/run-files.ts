/**
 * What `simulate` and `compare` share: load every scenario, run it, write what was asked for. Nothing is
 * written under its name unless every scenario could be loaded and run.
 */
import { FaultError } from '../core/fault.ts';
import type { StepRecord } from '../engine/outcomes.ts';
import type { Report } from '../render/runs/report.ts';
import { REQUESTS_CSV, REQUESTS_JSONL } from '../render/runs/requests.ts';
import { stepJson } from '../render/runs/steps.ts';
import { withOfferedLoad, withTwin, workloadOf, type Run, type Wanted } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedRequests } from '../workload/check.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { checkRowFiles, destinations } from './io/destinations.ts';
import { filesBeside } from './io/files.ts';
import { inputError } from './exit.ts';
import { inFiles, loadScenarios, locatingFaults, type LoadedScenario } from './load.ts';
import { outputFiles, type OutputFiles, type Sink } from './io/output-files.ts';
import { progress, type Progress } from './io/progress.ts';
import { reportOf, type Replay } from './reports.ts';
import { requestRows, stepLine } from './request-rows.ts';
import { withCharts, writeResults, type Renderers } from './io/results.ts';
import { selected } from './select.ts';
import type { RunOptions } from './shared-options.ts';
import type { ReplayTask, ReportTask } from './threads/tasks.ts';
import { doAll } from './threads/threads.ts';

/** What a command that runs has of its own. */
export interface RunFacts {
  /** Refuses a scenario that the command can do nothing with. */
  readonly accept?: (scenario: Scenario) => void;
  /** Whether what it shows needs the offered load; files that hold all figures have it in any case. */
  readonly offeredLoad?: Wanted['offeredLoad'];
}

/**
 * Runs the files and writes the results.
 *
 * @throws FaultError
 */
export async function runFiles(
  paths: readonly string[], options: RunOptions, renderers: Renderers<Report>, { accept = () => {}, offeredLoad }: RunFacts = {},
): Promise<void> {
  const rowFiles = checkRowFiles(options);
  const wanted = destinations(options, renderers, rowFiles);
  if (paths.length > 1 && (options.requests !== undefined || options.steps !== undefined)) {
    throw inputError('--requests and --steps take one scenario at a time');
  }
  const loaded = (await loadScenarios(paths, options)).map((each) => ({ ...each, scenario: selected(each.scenario, options) }));
  for (const { scenario } of loaded) accept(scenario);

  const files = outputFiles();
  try {
    const rows = openRows(files, options);
    const line = progress(options.quiet ?? false);
    const job: Job = {
      jobs: options.jobs, digests: wanted.some(({ format }) => format === 'json'), rows, line,
      wanted: { offeredLoad: wanted.some(({ format }) => format === 'json' || format === 'csv') ? 'always' : offeredLoad },
    };
    const reports = loaded.length === 1 ? [await replayed(loaded[0]!, job)] : await reported(loaded, job);
    await writeResults(files, wanted, options.chart ? withCharts(renderers) : renderers, reports, options.color);
    files.commit();
  } finally {
    files.discard();
  }
}

interface Job {
  /** Most threads. */
  readonly jobs: number | undefined;
  readonly digests: boolean;
  readonly wanted: Wanted;
  readonly rows: Rows;
  readonly line: Progress;
}

/** Rows between two looks at what else is to be done. */
const ROWS_AT_ONCE = 4096;

/** Where rows go, when they go anywhere. */
interface Rows {
  requests(table: RequestTable, run: Run): Promise<void>;
  readonly steps: Sink | null;
}

function openRows(files: OutputFiles, { requests, steps }: RunOptions): Rows {
  const sink = requests === undefined ? null : files.open(requests);
  const format = requests?.toLowerCase().endsWith('.jsonl') ? REQUESTS_JSONL : REQUESTS_CSV;
  sink?.write(format.header);
  return {
    async requests(table, run) {
      if (!sink) return;
      let written = 0;
      for (const row of requestRows(table, run)) {
        sink.write(format.line(row));
        // Lets in who wants to stop it.
        if (++written % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
      }
    },
    steps: steps === undefined ? null : files.open(steps),
  };
}

/** One scenario: its schedulers side by side over one table. Rows are let out here, where the table that names their requests is. */
async function replayed(loaded: LoadedScenario, { jobs, digests, wanted, rows, line }: Job): Promise<Report> {
  const { scenario } = loaded;
  const { engine, schedulers } = scenario;
  const share = jobs !== 1 && schedulers.length > 1;
  const workload = await locatingFaults(loaded, () => workloadOf(scenario, filesBeside(loaded.path), share));
  const { table } = workload;
  const tasks = schedulers.map((scheduler): ReplayTask => ({ kind: 'replay', engine, table, scheduler, digests, wanted }));
  const { steps } = rows;
  // Steps are seen one by one, as they are taken.
  const seen = steps && { threads: 1, onStep: (scheduler: string, step: StepRecord) => steps.write(stepJson(stepLine(table, scheduler, step))) };
  const work = table.count * tasks.length;
  const replays: Replay[] = [];
  for (const { run, digest } of await locatingFaults(loaded, () => doAll(tasks, { threads: jobs, line, work, ...seen }))) {
    replays.push({ run: withTwin(run, replays.map((before) => before.run)), digest });
  }
  for (const { run } of replays) await rows.requests(table, run);
  const runs = withOfferedLoad(replays.map(({ run }) => run), wanted.offeredLoad, engine, table);
  return reportOf(scenario, workload, replays.map((replay, index) => ({ ...replay, run: runs[index]! })), digests);
}

/** Many scenarios, each a task of its own. */
async function reported(loaded: readonly LoadedScenario[], { jobs, digests, wanted, line }: Job): Promise<Report[]> {
  const tasks = loaded.map(({ path, scenario }): ReportTask => ({ kind: 'report', path, scenario, digests, wanted }));
  const results = await doAll(tasks, { threads: jobs, line, work: workOf(loaded), isLast: (result) => 'faults' in result });
  const reports: Report[] = [];
  for (const [index, result] of results.entries()) {
    if ('report' in result) reports.push(result.report);
    else throw new FaultError(inFiles(result.faults, loaded[index]!, loaded[index]!.path));
  }
  return reports;
}

/** Requests to replay in all of them; undefined where only a trace can tell. */
function workOf(loaded: readonly LoadedScenario[]): number | undefined {
  let total = 0;
  for (const { scenario: { sources, schedulers } } of loaded) {
    const requests = expectedRequests(sources);
    if (requests === undefined) return undefined;
    total += requests * schedulers.length;
  }
  return total;
}
