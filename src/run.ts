/**
 * The whole job in one place: a scenario becomes a workload, each of its schedulers replays it, and each
 * replay becomes a summary. What the command, the workers and the library call.
 */
import { type Fault, FaultError } from './core/fault.ts';
import type { ScenarioPlace } from './core/place.ts';
import { aloneLatency } from './engine/alone.ts';
import type { EngineOptions } from './engine/options.ts';
import type { Outcomes } from './engine/outcomes.ts';
import { simulate, type SimulationHooks } from './engine/simulate.ts';
import { makeStepTime } from './engine/step-time/index.ts';
import { sameSchedule } from './metrics/digest.ts';
import { isWithinTime } from './metrics/makespan.ts';
import { allAtStart, offeredLoad, withLoad } from './metrics/offered-load.ts';
import { summarize } from './metrics/summarize.ts';
import type { RunSummary } from './metrics/summary.ts';
import { queueGrew } from './metrics/verdict.ts';
import type { Scenario, SchedulerSpec } from './scenario/scenario.ts';
import { policyNamed } from './schedulers/index.ts';
import { buildWorkload, type Workload } from './workload/build.ts';
import type { FileAccess } from './workload/files.ts';
import type { RequestTable } from './workload/request-table.ts';

/** One scheduler's replay of the workload. */
export interface Run {
  readonly scheduler: string;
  readonly policy: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly outcomes: Outcomes;
  readonly summary: RunSummary;
  /** The first run before this one in which every request had the same outcome. */
  readonly sameScheduleAs?: string;
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly runs: readonly Run[];
}

export interface RunHooks {
  readonly onStep?: ((scheduler: string, ...step: Parameters<NonNullable<SimulationHooks['onStep']>>) => void) | undefined;
  readonly onProgress?: ((scheduler: string, arrived: number, now: number) => void) | undefined;
}

/** Figures that are only there when they are asked for, because they cost. */
export interface Wanted {
  /** Percentiles of every distribution beside p50, p90, p95 and p99. */
  readonly percentiles?: readonly number[];
  /** The offered load takes a run: in any case, or only where it would tell of an overload. Absent: never. */
  readonly offeredLoad?: 'always' | 'where the queue grew' | undefined;
}

/**
 * Runs every scheduler of a scenario over the same requests.
 *
 * @throws FaultError when the workload cannot be built (a trace is missing or broken), or takes too long
 */
export async function runScenario(scenario: Scenario, { files, wanted = {}, ...hooks }: { files: FileAccess; wanted?: Wanted } & RunHooks): Promise<ScenarioRun> {
  const workload = await workloadOf(scenario, files);
  const runs: Run[] = [];
  for (const scheduler of scenario.schedulers) runs.push(withTwin(runScheduler(scenario.engine, workload.table, scheduler, hooks, wanted), runs));
  return { scenario, workload, runs: withOfferedLoad(runs, wanted.offeredLoad, scenario.engine, workload.table) };
}

/**
 * Builds a scenario's requests.
 *
 * @param share whether the columns live in shared memory, for use by several threads
 * @throws FaultError when a trace is missing or broken, or the sources contradict each other
 */
export function workloadOf({ sources, classes, seed }: Scenario, files: FileAccess, share = false): Promise<Workload> {
  return buildWorkload({ sources, classes, seed, files, share });
}

/**
 * Replays a workload under one scheduler.
 *
 * @throws FaultError when the last request finishes later than virtual time is exact
 */
export function runScheduler(engine: EngineOptions, table: RequestTable, scheduler: SchedulerSpec, hooks: RunHooks = {}, wanted: Wanted = {}): Run {
  const { name, policy, options } = scheduler;
  const definition = policyNamed(policy);
  if (!definition) throw new Error(`no policy named ${policy}`);
  const { onStep, onProgress } = hooks;
  const stepTime = makeStepTime(engine.stepTime);
  const outcomes = simulate(table, engine, stepTime, definition.make(table, options), {
    onStep: onStep && ((step) => onStep(name, step)),
    onProgress: onProgress && ((arrived, now) => onProgress(name, arrived, now)),
  });
  const summary = summarize(table, outcomes, aloneLatency(engine, stepTime), wanted);
  if (!isWithinTime(table, summary.makespan)) throw new FaultError([endlessRun(name)]);
  return { scheduler: name, policy, options, outcomes, summary };
}

function endlessRun(scheduler: string): Fault<ScenarioPlace> {
  return {
    code: 'workload',
    path: ['engine', 'stepTime'],
    message: `engine.stepTime: with such steps the run under ${scheduler} is longer than virtual time can hold exactly (285 years)`,
    help: 'shorter steps, or fewer tokens',
  };
}

/** Names the run before this one, if any, that gave every request the same outcome. */
export function withTwin(run: Run, before: readonly Run[]): Run {
  const twin = before.find((other) => sameSchedule(other.outcomes, run.outcomes));
  return twin ? { ...run, sameScheduleAs: twin.sameScheduleAs ?? twin.scheduler } : run;
}

/** Runs of one engine over one workload, with its offered load among their figures where that is wanted. */
export function withOfferedLoad<Each extends { readonly summary: RunSummary }>(
  runs: readonly Each[], wanted: Wanted['offeredLoad'], engine: EngineOptions, table: RequestTable,
): readonly Each[] {
  const isWanted = wanted === 'always' || (wanted === 'where the queue grew' && runs.every(({ summary }) => queueGrew(summary)));
  if (!isWanted) return runs;
  const load = offeredLoadOf(engine, table);
  return runs.map((run) => ({ ...run, summary: withLoad(run.summary, load) }));
}

/** How much a workload asks of an engine; see `metrics/offered-load.ts`. Takes a run. */
export function offeredLoadOf(engine: EngineOptions, table: RequestTable): number | null {
  const atStart = allAtStart(table);
  return offeredLoad(table, simulate(atStart, engine, makeStepTime(engine.stepTime), policyNamed('fifo')!.make(atStart, {})));
}
