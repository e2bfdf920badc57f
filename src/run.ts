/**
 * The one driver: a scenario becomes a workload, each of its schedulers replays it, and each replay becomes a
 * run. What commands, checks, threads and the library call.
 */
import { type Fault, FaultError } from './core/fault.ts';
import type { ScenarioPlace } from './core/place.ts';
import { aloneLatency } from './engine/alone.ts';
import type { EngineOptions } from './engine/options.ts';
import type { RequestOutcomes } from './engine/outcomes.ts';
import { simulate, type SimulationHooks, WorkLimitError, type WorkLimits } from './engine/simulate.ts';
import { makeStepTime } from './engine/step-time/index.ts';
import { withNoise } from './engine/step-time/noise.ts';
import { outcomeDigest } from './metrics/digest.ts';
import { isWithinTime } from './metrics/makespan.ts';
import { withLoad } from './metrics/offered-load.ts';
import { summarize } from './metrics/summarize.ts';
import type { RunSummary } from './metrics/summary.ts';
import { Twins } from './metrics/twins.ts';
import { queueGrew } from './metrics/verdict.ts';
import { LIMITS, type Limits, shared, stopped } from './run/limits.ts';
import { offeredLoadOf, pacedSources, withPaces } from './run/load.ts';
import type { Scenario, SchedulerSpec } from './scenario/scenario.ts';
import { NO_POLICIES, policiesWith, underPolicy } from './schedulers/given.ts';
import type { PolicyDefinition } from './schedulers/policy.ts';
import { type Setting, settingsOf } from './schedulers/settings.ts';
import { buildWorkload, type Workload } from './workload/build.ts';
import type { FileAccess } from './workload/files.ts';
import type { RequestTable } from './workload/request-table.ts';

/** One scheduler's run over the requests of a scenario, as it is judged and shown. Plain data, and small. */
export interface Run {
  readonly scheduler: string;
  readonly policy: string;
  /** The options of the policy, defaults too. */
  readonly settings: readonly Setting[];
  readonly summary: RunSummary;
  /** Of what became of every request (see `outcomeDigest`). Null where nobody asked for it: it takes time on millions of requests. */
  readonly outcomeDigest: string | null;
  /** The first run before this one in which every request had the same outcome. */
  readonly sameScheduleAs?: string | undefined;
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly workload: Workload;
  /** In the order of the scenario's schedulers. */
  readonly runs: readonly Run[];
}

/** One scheduler over requests that are there already: plain data, but for the hooks. */
export interface Replay extends RunHooks {
  readonly engine: EngineOptions;
  /** Of the noise of its steps, and of whatever a policy draws. */
  readonly seed: string;
  readonly table: RequestTable;
  readonly scheduler: SchedulerSpec;
  readonly digest: boolean;
  /** Whether to give what became of each request. */
  readonly outcomes: boolean;
  readonly percentiles: Wanted['percentiles'];
  readonly limits: WorkLimits;
}

export interface Replayed {
  readonly run: Run;
  readonly outcomes: RequestOutcomes | null;
}

export interface RunHooks {
  readonly onStep?: ((scheduler: string, ...step: Parameters<NonNullable<SimulationHooks['onStep']>>) => void) | undefined;
  /** Told at the start, now and then, and at the end how many requests have arrived, and the virtual time. */
  readonly onProgress?: ((scheduler: string, arrived: number, now: number) => void) | undefined;
}

/** Does replays, wherever, and hands over each in their order. */
export type Replays = (replays: readonly Replay[], take: (replayed: Replayed) => Promise<void>) => Promise<void>;

/** Figures that are only there when they are asked for, because they cost. */
export interface Wanted {
  /** Whether runs have the digest of their outcome. */
  readonly digests?: boolean;
  /** Percentiles of every distribution beside p50, p90, p95 and p99: 75, 99.9. */
  readonly percentiles?: readonly number[] | undefined;
  /** The offered load takes a run: in any case, or only where it would tell of an overload. Absent: never. */
  readonly offeredLoad?: 'always' | 'where the queue grew' | undefined;
}

export interface RunOptions extends RunHooks {
  /** The files that the scenario names. */
  readonly files: FileAccess;
  /** Policies beside those of this project. */
  readonly policies?: readonly PolicyDefinition<never>[];
  readonly wanted?: Wanted;
  /** Absent: LIMITS. */
  readonly limits?: Limits;
  /** Told of every run, in order, with what became of each request: it is let go afterwards. */
  readonly onRun?: ((run: Run, table: RequestTable, outcomes: RequestOutcomes) => void | Promise<void>) | undefined;
  /** Absent: one after the other, here. */
  readonly replays?: Replays | undefined;
  /** Whether the requests live in memory that threads can share. */
  readonly share?: boolean;
}

/** Most outcomes of requests that are kept to compare runs by, about 160 MB; beyond, runs are compared by their digests. */
const MOST_KEPT = 4e6;

/**
 * Runs every scheduler of a scenario over the same requests.
 *
 * @throws FaultError when the workload cannot be built (a trace is missing or broken), a run takes longer than virtual time, or
 * more work or memory than `limits` allow
 */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<ScenarioRun> {
  const { files, policies, wanted: { digests = false, percentiles, offeredLoad: load } = {}, onRun, replays = oneByOne(policies), limits = LIMITS, share, onStep, onProgress } = options;
  const { engine, schedulers, seed } = scenario;
  const workload = await workloadOf(scenario, files, { share, limits });
  const { table } = workload;
  const comparing = schedulers.length > 1;
  const digest = digests || (comparing && table.count * schedulers.length > MOST_KEPT);
  const outcomes = onRun !== undefined || (comparing && !digest);
  const twins = new Twins();
  const runs: Run[] = [];
  await replays(schedulers.map((scheduler) => ({
    engine, seed, table, scheduler, digest, outcomes, percentiles, limits: shared(limits, schedulers.length), onStep, onProgress,
  })), async (replayed) => {
    const sameScheduleAs = twins.of({ name: replayed.run.scheduler, digest: replayed.run.outcomeDigest, outcomes: digest ? null : replayed.outcomes });
    const run: Run = { ...replayed.run, outcomeDigest: digests ? replayed.run.outcomeDigest : null, ...(sameScheduleAs !== undefined && { sameScheduleAs }) };
    await onRun?.(run, table, replayed.outcomes!);
    runs.push(run);
  });
  return { scenario, workload, runs: withOfferedLoad(runs, load, engine, table, limits) };
}

/** How a workload is built. */
export interface Building {
  /** Whether the columns live in shared memory, for use by several threads. */
  readonly share?: boolean | undefined;
  /** Absent: LIMITS. */
  readonly limits?: Limits | undefined;
}

/**
 * Builds a scenario's requests.
 *
 * @throws FaultError when a trace is missing or broken, the sources contradict each other, or they are more than `limits` allow
 */
export async function workloadOf(scenario: Scenario, files: FileAccess, building: Building = {}): Promise<Workload> {
  const { sources } = scenario;
  const workload = await requestsOf(scenario, files, building);
  const kept = sources.findIndex((source) => 'trace' in source && source.trace.zeroOutput === 'keep');
  if (kept >= 0 && workload.table.outputTokens.includes(0)) throw new FaultError([noOutput(kept)]);
  return workload;
}

/** The same, with requests that no engine can finish where the scenario keeps them: to be looked at, not run. */
export async function requestsOf(scenario: Scenario, files: FileAccess, { share, limits = LIMITS }: Building = {}): Promise<Workload> {
  const { classes, seed } = scenario;
  const { sources, paced } = await pacedSources(scenario, files, limits);
  return withPaces(await buildWorkload({ sources, classes, seed, files, share, most: limits.requests }), paced);
}

function noOutput(source: number): Fault<ScenarioPlace> {
  return {
    code: 'workload',
    path: ['workload', source, 'trace', 'zeroOutput'],
    message: `workload[${source}].trace.zeroOutput: keeps requests without output tokens, which no engine can finish`,
    help: 'zeroOutput: one gives each of them a token, drop leaves them out; sched workload shows them as they are',
  };
}

/**
 * Replays a workload under one scheduler.
 *
 * @param policies beside those of this project
 * @throws FaultError when the last request finishes later than virtual time is exact, it takes more than `limits`, or one of
 * `policies` fails
 */
export async function replay({ engine, seed, table, scheduler, digest, outcomes, percentiles, limits, onStep, onProgress }: Replay, policies = NO_POLICIES): Promise<Replayed> {
  const { name, policy, options } = scheduler;
  const definition = policiesWith(policies).find((each) => each.name === policy);
  if (!definition) throw new Error(`no policy named ${policy}: give it to runScenario as to loadScenario`);
  const stepTime = makeStepTime(engine.stepTime);
  const noisy = withNoise(stepTime, engine.stepTime.noise, seed);
  onProgress?.(name, 0, 0);
  const hooks: SimulationHooks = {
    policy: name, limits,
    onStep: onStep && ((step) => onStep(name, step)),
    onProgress: onProgress && ((arrived, now) => onProgress(name, arrived, now)),
  };
  const found = within(table, `the run under ${name}`, () =>
    underPolicy(definition, table, options, { seed, maxBatchSize: engine.maxBatchSize }, (made) => simulate(table, engine, noisy, made, hooks)));
  const summary = summarize(table, found, aloneLatency(engine, stepTime), { percentiles, price: engine.price });
  onProgress?.(name, table.count, summary.makespan);
  if (!isWithinTime(table, summary.makespan)) throw new FaultError([endless(name)]);
  const run: Run = { scheduler: name, policy, settings: settingsOf(definition, options), summary, outcomeDigest: digest ? await outcomeDigest(table, found) : null };
  return { run, outcomes: outcomes ? ofRequests(found) : null };
}

/** Runs of one engine over one workload, with its offered load among their figures where that is wanted. */
function withOfferedLoad(runs: readonly Run[], wanted: Wanted['offeredLoad'], engine: EngineOptions, table: RequestTable, limits: WorkLimits): readonly Run[] {
  const isWanted = wanted === 'always' || (wanted === 'where the queue grew' && runs.every(({ summary }) => queueGrew(summary)));
  if (!isWanted) return runs;
  const load = within(table, 'what the engine could do, all requests there at the start,', () => offeredLoadOf(engine, table, { limits }));
  return runs.map((run) => ({ ...run, summary: withLoad(run.summary, load) }));
}

function oneByOne(policies: readonly PolicyDefinition<never>[] | undefined): Replays {
  return async (replays, take) => {
    for (const each of replays) await take(await replay(each, policies));
  };
}

/** @throws FaultError where it takes more than it may */
function within<Result>({ count }: RequestTable, what: string, simulation: () => Result): Result {
  try {
    return simulation();
  } catch (error) {
    throw error instanceof WorkLimitError ? new FaultError([stopped(error, what, count)]) : error;
  }
}

/** The columns of requests, without what only the summary needs. */
function ofRequests({
  outputTokens, status, shedReason, shedReasons, completed, admitted, firstToken, finish, preemptions, recomputedTokens, preempted,
}: RequestOutcomes): RequestOutcomes {
  return { outputTokens, status, shedReason, shedReasons, completed, admitted, firstToken, finish, preemptions, recomputedTokens, preempted };
}

function endless(scheduler: string): Fault<ScenarioPlace> {
  return {
    code: 'workload',
    path: ['engine', 'stepTime'],
    message: `engine.stepTime: with such steps the run under ${scheduler} is longer than virtual time can hold exactly (285 years)`,
    help: 'shorter steps, or fewer tokens',
  };
}
