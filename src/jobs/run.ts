/** Running scenarios: each scheduler over the same requests, and what that comes to. */
import { FaultError, type Fault } from '../core/fault.ts';
import { runScenario, type Replay, type Replayed, replay, type Wanted } from '../run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { FilePlace } from '../core/place.ts';
import { expectedRequests } from '../workload/check.ts';
import { MISSING_DATA } from '../workload/fault.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { StepRecord, RequestOutcomes } from '../engine/outcomes.ts';
import { reportOf, type Report } from './report.ts';
import { type RequestRow, requestRows, type StepRow, stepRow } from './rows.ts';
import { inFiles, locatingFaults, type ScenarioFile } from './scenario-file.ts';
import type { Task, World } from './world.ts';

export interface RunInput {
  readonly scenarios: readonly ScenarioFile[];
  readonly wanted: Wanted;
  /** Given the rows of every run, in order; of a single scenario. */
  readonly onRequests?: ((rows: Iterable<RequestRow>) => void | Promise<void>) | undefined;
  /** Told of scenarios whose data is not here, which are left out then; of several scenarios. Absent: they are refused. */
  readonly onMissing?: ((faults: readonly Fault<FilePlace>[]) => void) | undefined;
  /** Given every step as it is taken; of a single scenario, and on one thread. */
  readonly onStep?: ((row: StepRow) => void) | undefined;
}

/**
 * Runs every scheduler of every scenario.
 *
 * @throws FaultError with what is wrong with the workload of the first scenario that has something wrong
 */
export async function run(input: RunInput, world: World): Promise<readonly Report[]> {
  const [only, ...others] = input.scenarios;
  return only && others.length === 0 ? [await schedulersApart(only, input, world)] : scenariosApart(input, world);
}

/** One scheduler over requests that are there already. */
export const replayTask: Task<Replay, Replayed> = {
  name: 'replay',
  perform: (input, { policies, progress }) => replay({ ...input, onProgress: progress }, policies),
};

/** A whole scenario, from its sources to its report. */
export const reportTask: Task<ReportInput, { readonly report: Report } | { readonly faults: readonly Fault[] }> = {
  name: 'report',
  async perform({ path, scenario, wanted }, { files, policies, limits, progress }) {
    try {
      return { report: await reportOf(await runScenario(scenario, { files: files.beside(path), policies, wanted, limits, onProgress: progress }), wanted) };
    } catch (error) {
      if (error instanceof FaultError) return { faults: error.faults };
      throw error;
    }
  },
};

interface ReportInput {
  readonly path: string;
  readonly scenario: Scenario;
  readonly wanted: Wanted;
}

/** One scenario: its schedulers are spread over the pool. */
async function schedulersApart(loaded: ScenarioFile, { wanted, onRequests, onStep }: RunInput, world: World): Promise<Report> {
  const { scenario, path } = loaded;
  const { pool, limits } = world;
  const stepped = onStep && ((table: RequestTable) => (scheduler: string, step: StepRecord) => onStep(stepRow(table, scheduler, step)));
  const ran = await locatingFaults(loaded, world, () => runScenario(scenario, {
    files: world.files.beside(path), wanted, limits,
    share: pool.size > 1 && scenario.schedulers.length > 1,
    replays: async (inputs, take) => pool.each({
      task: replayTask,
      inputs: stepped ? inputs.map((each) => ({ ...each, onStep: stepped(each.table) })) : inputs,
      world, work: inputs.reduce((sum, { table }) => sum + table.count, 0), alone: onStep !== undefined, take,
    }),
    onRun: onRequests && ((each, table, outcomes: RequestOutcomes) => onRequests(requestRows(table, each.scheduler, outcomes))),
  }));
  return reportOf(ran, wanted);
}

/** Many scenarios, each a task of its own. */
async function scenariosApart({ scenarios, wanted, onMissing }: RunInput, world: World): Promise<Report[]> {
  const reports: Report[] = [];
  await world.pool.each({
    task: reportTask, world, work: workOf(scenarios),
    inputs: scenarios.map(({ path, scenario }) => ({ path, scenario, wanted })),
    take(result, index) {
      if ('report' in result) {
        reports.push(result.report);
        return;
      }
      const faults = inFiles(result.faults, scenarios[index]!, world);
      if (!onMissing || faults.some(({ code }) => code !== MISSING_DATA)) throw new FaultError(faults);
      onMissing(faults);
    },
  });
  return reports;
}

/** Requests to replay in all of them; undefined where only a trace can tell. */
function workOf(scenarios: readonly ScenarioFile[]): number | undefined {
  let total = 0;
  for (const { scenario: { sources, schedulers } } of scenarios) {
    const requests = expectedRequests(sources);
    if (requests === undefined) return undefined;
    total += requests * schedulers.length;
  }
  return total;
}
