/**
 * What `simulate` and `compare` share: load every scenario, run it, write what was asked for. Nothing is
 * written under its name unless every scenario could be loaded and run.
 */
import type { Report } from '../jobs/report.ts';
import { run, type RunInput } from '../jobs/run.ts';
import { type Formats, needsOf, type WriteRows } from '../render/format.ts';
import { REQUEST_ROWS, STEP_ROWS } from '../render/formats.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Fault } from '../core/fault.ts';
import { inputError } from './exit.ts';
import { say } from './io/faults.ts';
import { type Destination, destinations, rowDestination } from './io/destinations.ts';
import { outputFiles, type OutputFiles } from './io/output-files.ts';
import { writeResults } from './io/results.ts';
import { scenarioFiles } from './io/scenario-files.ts';
import { LeftOut } from './left-out.ts';
import { loadSelected } from './load.ts';
import type { RunOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

/**
 * Runs the files and writes the results.
 *
 * @param unfit why the command can do nothing with a scenario; undefined: it can
 * @throws FaultError
 */
export async function runFiles(
  args: readonly string[], options: RunOptions, formats: Formats<Report>, unfit: (scenario: Scenario) => Fault | undefined = () => undefined,
): Promise<void> {
  if (options.replicates !== undefined) throw inputError('--replicates needs --replications', 'such as --replications 20');
  const paths = (await scenarioFiles(args)).map(({ file }) => file);
  const requests = rowDestination('--requests', options.requests, REQUEST_ROWS);
  const steps = rowDestination('--steps', options.steps, STEP_ROWS);
  if (requests?.path === '-' && steps?.path === '-') throw inputError('--requests and --steps cannot both go to standard output');
  const rowFiles = [requests, steps].flatMap((each) => each?.path ?? []);
  const wanted = destinations(options, options.chart ? withCharts(formats) : formats, rowFiles);
  if (paths.length > 1 && rowFiles.length > 0) throw inputError('--requests and --steps take one scenario at a time');
  const world = worldOf(options, threads(options));
  const loaded = await loadSelected(paths, options, world);
  const left = new LeftOut();
  const scenarios = left.fit(loaded, unfit);

  const files = outputFiles();
  try {
    const rows: Partial<RunInput> = { ...(requests && { onRequests: await eachRow(files, requests) }), ...(steps && { onStep: await oneRow(files, steps) }) };
    const reports = await run({ scenarios, wanted: needsOf(wanted.map(({ format }) => format)), onMissing: (faults) => left.missing(faults), ...rows }, world);
    if (reports.length === 0) left.refuse();
    await writeResults(files, wanted, reports, options.color);
    files.commit();
    if (options.quiet !== true) await say(left.told, options.color);
  } finally {
    files.discard();
  }
}

/** The same formats, those for people with bar charts after the tables. */
function withCharts([first, ...others]: Formats<Report>): Formats<Report> {
  const charted = (format: Formats<Report>[number]): Formats<Report>[number] => (format.forPeople ? {
    ...format,
    async load() {
      const [write, { charts }] = await Promise.all([format.load(), import('../render/runs/chart.ts')]);
      return (reports, page) => `${write(reports, page)}\n${charts(reports, page)}`;
    },
  } : format);
  return [charted(first), ...others.map(charted)];
}

/** Rows between two looks at what else is to be done. */
const ROWS_AT_ONCE = 4096;

async function eachRow<Row>(files: OutputFiles, destination: Destination<WriteRows<Row>>): Promise<(rows: Iterable<Row>) => Promise<void>> {
  const write = await oneRow(files, destination);
  let written = 0;
  return async (rows) => {
    for (const row of rows) {
      write(row);
      // Lets in who wants to stop it.
      if (++written % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
    }
  };
}

async function oneRow<Row>(files: OutputFiles, { path, format }: Destination<WriteRows<Row>>): Promise<(row: Row) => void> {
  const { header, line } = await format.load();
  const sink = files.open(path);
  sink.write(header);
  return (row) => sink.write(line(row));
}
