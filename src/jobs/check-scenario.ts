/** Checking one scenario, from its file to the verdict. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import type { Looks } from '../experiments/looks.ts';
import { askedFor } from '../gate/asked.ts';
import { canonicalJson, valueDigest } from '../gate/canonical.ts';
import type { CheckResult } from '../gate/check-result.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { gate, type GateInput, type GateOutput } from '../gate/gate.ts';
import { byText, exitCodeOf } from '../gate/verdict.ts';
import { workloadDigest } from '../metrics/digest.ts';
import { runScenario, type ScenarioRun, type Wanted } from '../run.ts';
import { revised } from '../scenario/revise.ts';
import type { Setting } from '../scenario/setting.ts';
import { shownName } from '../scenario/stdin.ts';
import { MISSING_DATA } from '../workload/fault.ts';
import { tolerancesOf } from './check-options.ts';
import { subjectOf, untilDecided } from './judge.ts';
import { expectationsOf, faultsAndJudging, fromOutside, judgingFaults } from './judging.ts';
import { type Replication, requireRandom } from './replicate.ts';
import { inFiles, loadFile, type ScenarioFile, unreadable } from './scenario-file.ts';
import type { Task, World } from './world.ts';

/** What is said of every scenario, beside what it says itself; plain data. */
export interface CheckOptions {
  /** Values for paths of every scenario. */
  readonly set: readonly Setting[];
  /** Expectations and tolerances beside the scenario's own, the latter as `PATTERN=AMOUNT`. */
  readonly expect: readonly string[];
  readonly tolerance: readonly string[];
  /** How often each scenario is run to judge its expectations; null: once. */
  readonly replications: Looks | null;
  /** Whether the present outcome is accepted. */
  readonly update: boolean;
  /** Whether a scenario must have a baseline. */
  readonly requireBaseline: boolean;
  /** Whether one passes that has neither an expectation nor a baseline. */
  readonly allowEmpty: boolean;
  /** Whether a crash shows where it happened. */
  readonly debug: boolean;
}

/** A scenario file, and the one of its baseline; null: it can have none. */
export interface Checked {
  readonly file: string;
  readonly baseline: string | null;
  /** Whether it was found by a folder or a pattern, rather than named: then it is left out where its data is not here. */
  readonly isFound?: boolean;
}

/** Never throws: what is wrong, with the scenario or with sched, is in the result. */
export const checkTask: Task<Checked & CheckOptions, GateOutput> = {
  name: 'check',
  async perform(input, world) {
    const { file } = input;
    try {
      const read = await loadFile(file, world);
      const loaded = 'scenario' in read ? revised(read, input.set) : read;
      if (!('scenario' in loaded)) return unjudged(file, null, faultsAndJudging(file, loaded));
      return await judged(loaded, input, world);
    } catch (error) {
      if (error instanceof FaultError) return unjudged(file, null, unreadable(error, file));
      return crashed(file, error, input.debug);
    }
  },
};

async function judged(loaded: ScenarioFile, options: Checked & CheckOptions, world: World): Promise<GateOutput> {
  const { scenario, warnings, path } = loaded;
  const baseline = await baselineOf(options, world);
  const tolerances = tolerancesOf(loaded, options.tolerance);
  const expectations = [...expectationsOf(path, loaded), ...options.expect.map(fromOutside)];
  let ran: ScenarioRun;
  let replications: readonly Replication[] | null = null;
  try {
    const { files, policies, limits, progress } = world;
    ran = await runScenario(scenario, { files: files.beside(path), policies, limits, wanted: wantedBy(expectations, baseline, options), onProgress: progress });
    replications = options.replications && await replicated(loaded, ran, expectations, options.replications, world);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (options.isFound === true && error.faults.every(({ code }) => code === MISSING_DATA)) return leftOut(path, scenario.name, inFiles(error.faults, loaded, world));
    return unjudged(path, scenario.name, [...judgingFaults(path, loaded), ...inFiles(error.faults, loaded, world)]);
  }
  const { table } = ran.workload;
  return gate({
    file: shownName(path), name: scenario.name, baseline, update: options.update, requireBaseline: options.requireBaseline, allowEmpty: options.allowEmpty,
    subject: subjectOf(loaded, { runs: ran.runs, tenants: table.tenants }), replications: replications?.map((each) => subjectOf(loaded, each)), expectations,
    tolerances: tolerances.placed,
    circumstances: {
      sched: world.version, scenario: await scenarioDigest(loaded),
      workload: { requests: table.count, digest: await workloadDigest(table) },
    },
    problems: [...warnings, ...estimateWarning(loaded, expectations, baseline), ...tolerances.faults].map(named),
  });
}

/** That whoever promises something on an engine that nobody measured promises it of the estimate. */
function estimateWarning({ scenario: { engine: { estimated } }, locate }: ScenarioFile, expectations: readonly ExpectationSource[], baseline: GateInput['baseline']): Fault<FilePlace>[] {
  if (!estimated || (expectations.length === 0 && baseline === null)) return [];
  return [{
    code: 'estimated', severity: 'warning', ...locate(['engine'], 'key'),
    message: `the engine is estimated from ${estimated.hardware} and ${estimated.model}, ${estimated.efficiency.fittedTo === undefined ? 'not calibrated' : `its efficiency fitted to ${estimated.efficiency.fittedTo}`}: a threshold near the limit judges the estimate`,
    help: 'calibrate it on a measured run (sched calibrate), or leave the thresholds room',
  }];
}

/** What is judged beyond what every run tells: a baseline holds all figures, the offered load among them. */
function wantedBy(expectations: readonly ExpectationSource[], baseline: GateInput['baseline'], { update }: CheckOptions): Wanted {
  const { percentiles, offeredLoad } = askedFor(expectations.map(({ text }) => text));
  const isCompared = baseline !== null && (update || baseline.text !== null);
  return { digests: true, percentiles, offeredLoad: offeredLoad || isCompared ? 'always' : undefined };
}

/** More runs of the scenario, where another seed makes another run. */
async function replicated(loaded: ScenarioFile, { workload: { table, reports }, runs }: ScenarioRun, expectations: readonly ExpectationSource[], looks: Looks, world: World): Promise<readonly Replication[]> {
  await requireRandom(loaded, looks.most, world);
  return untilDecided(loaded, expectations, looks, world, { first: { seed: loaded.scenario.seed, requests: table.count, sources: reports, tenants: table.tenants, runs } });
}

/** What the file says of its name, its judgement and its format decides nothing about how the runs end. */
const NOT_DECISIVE = new Set(['version', 'name', 'description', 'expect', 'baseline']);

/**
 * Of what the file says about how the runs end. Defaults are not in it: one that changes is a change of sched, not
 * of the scenario. Nor is the order of the schedulers, which is only that of the tables.
 */
function scenarioDigest({ document }: ScenarioFile): Promise<string> {
  const { schedulers, ...decisive } = Object.fromEntries(Object.entries(document).filter(([key]) => !NOT_DECISIVE.has(key)));
  const sorted = Array.isArray(schedulers) ? schedulers.map(canonicalJson).sort(byText) : schedulers;
  return valueDigest({ ...decisive, schedulers: sorted });
}

/** Largest baseline that is read. */
const MAX_BASELINE_MEBIBYTES = 64;

async function baselineOf({ baseline: file }: Checked, { files }: World): Promise<GateInput['baseline']> {
  if (file === null) return null;
  const bytes = await files.readIfPresent(file, MAX_BASELINE_MEBIBYTES);
  return { file, text: bytes && new TextDecoder().decode(bytes) };
}

function unjudged(file: string, name: string | null, faults: readonly Fault<FilePlace>[]): GateOutput {
  return { result: result(file, name, 'invalid', faults.map(named)), write: null };
}

function leftOut(file: string, name: string, faults: readonly Fault<FilePlace>[]): GateOutput {
  return { result: result(file, name, 'skipped', faults.map((fault): Fault<FilePlace> => ({ ...named(fault), severity: 'warning' }))), write: null };
}

function crashed(file: string, error: unknown, debug: boolean): GateOutput {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const help = debug ? stack : 'this is a bug in sched; please report it with the scenario. SCHED_DEBUG=1 shows where it happened';
  return { result: result(file, null, 'crashed', [{ code: 'internal-error', message: `internal error: ${message}`, ...(help !== undefined && { help }), file: shownName(file) }]), write: null };
}

function result(file: string, name: string | null, verdict: 'skipped' | 'invalid' | 'crashed', problems: Fault<FilePlace>[]): CheckResult {
  return {
    file: shownName(file), name, verdict, exitCode: exitCodeOf(verdict), expectations: [],
    baseline: { status: 'none', file: null, outcomes: [], unchanged: [], causes: [], changes: [], added: [], removed: [], problem: null }, problems,
  };
}

function named(fault: Fault<FilePlace>): Fault<FilePlace> {
  return { ...fault, file: shownName(fault.file) };
}
