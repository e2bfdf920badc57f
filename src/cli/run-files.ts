/**
 * What `simulate` and `compare` share: load every scenario, run it, write what was asked for. Nothing is
 * written under its name unless every scenario could be loaded and run.
 */
import type { RequestRow, StepRow } from '../jobs/rows.ts';
import { run } from '../jobs/run.ts';
import type { Report } from '../jobs/report.ts';
import { REQUESTS_CSV, REQUESTS_JSONL } from '../render/runs/requests.ts';
import { stepJson } from '../render/runs/steps.ts';
import type { Wanted } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { inputError } from './exit.ts';
import { checkRowFiles, destinations } from './io/destinations.ts';
import { outputFiles, type OutputFiles } from './io/output-files.ts';
import { withCharts, writeResults, type Renderers } from './io/results.ts';
import { loadSelected } from './load.ts';
import type { RunOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

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
  if (paths.length > 1 && rowFiles.length > 0) throw inputError('--requests and --steps take one scenario at a time');
  const world = worldOf(threads(options));
  const scenarios = await loadSelected(paths, options, world);
  for (const { scenario } of scenarios) accept(scenario);

  const files = outputFiles();
  try {
    const figures: Wanted = {
      digests: wanted.some(({ format }) => format === 'json'),
      offeredLoad: wanted.some(({ format }) => format === 'json' || format === 'csv') ? 'always' : offeredLoad,
    };
    const reports = await run({ scenarios, wanted: figures, ...openRows(files, options) }, world);
    await writeResults(files, wanted, options.chart ? withCharts(renderers) : renderers, reports, options.color);
    files.commit();
  } finally {
    files.discard();
  }
}

/** Rows between two looks at what else is to be done. */
const ROWS_AT_ONCE = 4096;

/** Where rows go, when they go anywhere. */
function openRows(files: OutputFiles, { requests, steps }: RunOptions) {
  const rows = requests === undefined ? null : files.open(requests);
  const lines = steps === undefined ? null : files.open(steps);
  const format = requests?.toLowerCase().endsWith('.jsonl') ? REQUESTS_JSONL : REQUESTS_CSV;
  rows?.write(format.header);
  return {
    ...(rows && {
      async onRequests(found: Iterable<RequestRow>) {
        let written = 0;
        for (const row of found) {
          rows.write(format.line(row));
          // Lets in who wants to stop it.
          if (++written % ROWS_AT_ONCE === 0) await new Promise(setImmediate);
        }
      },
    }),
    ...(lines && { onStep: (row: StepRow) => lines.write(stepJson(row)) }),
  };
}
