/**
 * What the command does on several threads: plain data in, plain data out, and the same function for it on
 * every thread, so that the number of threads cannot show in a result.
 */
import { type Fault, FaultError } from '../../core/fault.ts';
import type { EngineOptions } from '../../engine/options.ts';
import type { GateOutput } from '../../gate/gate.ts';
import { outcomeDigest } from '../../metrics/digest.ts';
import type { Report } from '../../render/runs/report.ts';
import { runScenario, runScheduler, type Run, type RunHooks, type Wanted } from '../../run.ts';
import type { Scenario, SchedulerSpec } from '../../scenario/scenario.ts';
import type { RequestTable } from '../../workload/request-table.ts';
import type { CheckOptions } from '../check-scenario.ts';
import { filesBeside } from '../io/files.ts';
import { reportOf, type Replay } from '../reports.ts';

/** One scheduler over requests that are there already. */
export interface ReplayTask {
  readonly kind: 'replay';
  readonly engine: EngineOptions;
  readonly table: RequestTable;
  readonly scheduler: SchedulerSpec;
  readonly digests: boolean;
  readonly wanted: Wanted;
}

/** A whole scenario, from its sources to its report. */
export interface ReportTask {
  readonly kind: 'report';
  /** Of the scenario file: traces are beside it. */
  readonly path: string;
  readonly scenario: Scenario;
  readonly digests: boolean;
  readonly wanted: Wanted;
}

export interface CheckTask {
  readonly kind: 'check';
  readonly file: string;
  readonly options: CheckOptions;
}

export type Task = ReplayTask | ReportTask | CheckTask;

interface Results {
  readonly replay: Replay;
  readonly report: { readonly report: Report } | { readonly faults: readonly Fault[] };
  readonly check: GateOutput;
}

export type ResultOf<Each extends Task> = Results[Each['kind']];

type Perform = { readonly [Kind in Task['kind']]: (task: Extract<Task, { kind: Kind }>, hooks: RunHooks) => Promise<Results[Kind]> };

const PERFORM: Perform = {
  replay,
  report,
  check: async ({ file, options }, hooks) => (await import('../check-scenario.ts')).checkScenario(file, options, hooks),
};

/** Does a task, on whichever thread this is. */
export function perform<Each extends Task>(task: Each, hooks: RunHooks): Promise<ResultOf<Each>> {
  return PERFORM[task.kind](task as never, hooks) as Promise<ResultOf<Each>>;
}

function replay({ engine, table, scheduler, digests, wanted }: ReplayTask, hooks: RunHooks): Promise<Replay> {
  return replayOf(table, runScheduler(engine, table, scheduler, hooks, wanted), digests);
}

async function report({ path, scenario, digests, wanted }: ReportTask, hooks: RunHooks): Promise<Results['report']> {
  try {
    const { workload, runs } = await runScenario(scenario, { files: filesBeside(path), wanted, ...hooks });
    const replays: Replay[] = [];
    for (const run of runs) replays.push(await replayOf(workload.table, run, digests));
    return { report: await reportOf(scenario, workload, replays, digests) };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { faults: error.faults };
  }
}

async function replayOf(table: RequestTable, run: Run, digests: boolean): Promise<Replay> {
  return { run, digest: digests ? await outcomeDigest(table, run.outcomes) : null };
}
