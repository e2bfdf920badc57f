/** What `--replications` does to a command that runs: every scenario several times, with other seeds. */
import { replicateRows } from '../jobs/replicate-rows.ts';
import { replicatedReports, type ReplicatedReport } from '../jobs/replicated-report.ts';
import { type Formats, needsOf } from '../render/format.ts';
import { REPLICATE_ROWS } from '../render/formats.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Fault } from '../core/fault.ts';
import { inputError } from './exit.ts';
import { say } from './io/faults.ts';
import { destinations, rowDestination } from './io/destinations.ts';
import { outputFiles } from './io/output-files.ts';
import { writeResults } from './io/results.ts';
import { scenarioFiles } from './io/scenario-files.ts';
import { LeftOut } from './left-out.ts';
import { loadSelected } from './load.ts';
import type { RunOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

/**
 * Runs the files several times each and writes what comes of it.
 *
 * @throws FaultError
 */
export async function replicateFiles(
  args: readonly string[], count: number | 'auto', options: RunOptions, formats: Formats<ReplicatedReport>, unfit: (scenario: Scenario) => Fault | undefined = () => undefined,
): Promise<void> {
  const paths = (await scenarioFiles(args)).map(({ file }) => file);
  for (const [option, given] of [['--requests', options.requests], ['--steps', options.steps], ['--chart', options.chart]] as const) {
    if (given !== undefined) throw inputError(`${option} and --replications do not go together`, '--replicates writes the figures of each replication');
  }
  const rows = rowDestination('--replicates', options.replicates, REPLICATE_ROWS);
  if (rows && paths.length > 1) throw inputError('--replicates takes one scenario at a time');
  const wanted = destinations(options, formats, rows ? [rows.path] : []);
  const world = worldOf(options, threads(options));
  const left = new LeftOut();
  const scenarios = left.fit(await loadSelected(paths, options, world), unfit);
  const reports = await replicatedReports(scenarios, count, needsOf(wanted.map(({ format }) => format)), world);
  const files = outputFiles();
  try {
    if (rows) {
      const { header, line } = await rows.format.load();
      const sink = files.open(rows.path);
      sink.write(header);
      for (const row of replicateRows(reports[0]!)) sink.write(line(row));
    }
    await writeResults(files, wanted, reports, options.color);
    files.commit();
    if (options.quiet !== true) await say(left.told, options.color);
  } finally {
    files.discard();
  }
}
