/**
 * What `simulate` and `compare` share: load every scenario, run it, write what was asked for. Nothing is
 * written under its name unless every scenario could be loaded and run.
 */
import type { Report } from '../render/report.ts';
import { REQUESTS_CSV, REQUESTS_JSONL } from '../render/requests.ts';
import { stepJson } from '../render/steps.ts';
import { runScheduler, withTwin, workloadOf, type Run, type RunHooks, type ScenarioRun } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { checkRowFiles, destinations } from './destinations.ts';
import { InputError } from './exit.ts';
import { filesBeside } from './files.ts';
import { loadScenarios, reportingFaults, type LoadedScenario } from './load.ts';
import { outputFiles, type OutputFiles, type Sink } from './output-files.ts';
import { progress, type Progress } from './progress.ts';
import { reportOf } from './reports.ts';
import { requestRows, stepLine } from './request-rows.ts';
import { withCharts, writeResults, type Renderers } from './results.ts';
import { selected } from './select.ts';
import type { RunOptions } from './shared-options.ts';

/**
 * Runs the files and writes the results.
 *
 * @param accept refuses a scenario that the command can do nothing with
 * @throws InputError, ReportedError
 */
export async function runFiles(
  paths: readonly string[], options: RunOptions, renderers: Renderers<Report>, accept: (scenario: Scenario) => void = () => {},
): Promise<void> {
  const wanted = destinations(options, renderers, checkRowFiles(options));
  if (paths.length > 1 && (options.requests !== undefined || options.steps !== undefined)) {
    throw new InputError('--requests and --steps take one scenario at a time');
  }
  const loaded = (await loadScenarios(paths, options)).map((each) => ({ ...each, scenario: selected(each.scenario, options) }));
  for (const { scenario } of loaded) accept(scenario);

  const files = outputFiles();
  const line = progress(options.quiet ?? false);
  try {
    const rows = openRows(files, options);
    const digests = wanted.some(({ format }) => format === 'json');
    const reports: Report[] = [];
    for (const each of loaded) reports.push(await reportOf(await run(each, rows, line, options.color), digests));
    line.clear();
    await writeResults(files, wanted, options.chart ? withCharts(renderers) : renderers, reports, options.color);
    files.commit();
  } finally {
    line.clear();
    files.discard();
  }
}

/** Where rows go, when they go anywhere. */
interface Rows {
  requests(table: RequestTable, run: Run): void;
  readonly steps: Sink | null;
}

function openRows(files: OutputFiles, { requests, steps }: RunOptions): Rows {
  const sink = requests === undefined ? null : files.open(requests);
  const format = requests?.toLowerCase().endsWith('.jsonl') ? REQUESTS_JSONL : REQUESTS_CSV;
  sink?.write(format.header);
  return {
    requests(table, run) {
      if (sink) for (const row of requestRows(table, run)) sink.write(format.line(row));
    },
    steps: steps === undefined ? null : files.open(steps),
  };
}

/** As `runScenario` does, but lets rows out on the way, while the table that names their requests is at hand. */
async function run(loaded: LoadedScenario, rows: Rows, line: Progress, colour: boolean): Promise<ScenarioRun> {
  const { scenario } = loaded;
  const workload = await reportingFaults(loaded, colour, () => workloadOf(scenario, filesBeside(loaded.path)));
  const { table } = workload;
  const { steps } = rows;
  const hooks: RunHooks = {
    onStep: steps === null ? undefined : (scheduler, step) => steps.write(stepJson(stepLine(table, scheduler, step))),
    onProgress: (scheduler, arrived) => line.show(scheduler, arrived, table.count),
  };
  const runs: Run[] = [];
  for (const scheduler of scenario.schedulers) {
    const done = withTwin(runScheduler(scenario.engine, table, scheduler, hooks), runs);
    rows.requests(table, done);
    runs.push(done);
  }
  return { scenario, workload, runs };
}
