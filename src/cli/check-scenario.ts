/**
 * Checks one scenario, from its file to the verdict. Takes and gives plain data and writes nothing, so that it
 * can run anywhere: what goes to files, and when, is decided by whoever has all results.
 */
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace, Span } from '../core/place.ts';
import { askedFor } from '../gate/asked.ts';
import { canonicalJson, valueDigest } from '../gate/canonical.ts';
import type { CheckResult } from '../gate/check-result.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { gate, type GateInput, type GateOutput, type PlacedTolerance } from '../gate/gate.ts';
import type { JudgedRun, Subject } from '../gate/subject.ts';
import { parseTolerance, tolerance } from '../gate/tolerance.ts';
import { byText, exitCodeOf } from '../gate/verdict.ts';
import { outcomeDigest, workloadDigest } from '../metrics/digest.ts';
import { runScheduler, withOfferedLoad, workloadOf, type RunHooks, type Wanted } from '../run.ts';
import type { LoadedScenario as Loaded } from '../scenario/load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { baselineFile } from './io/check-files.ts';
import { filesBeside } from './io/files.ts';
import { readTextIfPresent, STDIN } from './io/read-whole.ts';
import { inFiles, loadFile, unreadable } from './load.ts';

/** What the command line says about every scenario; plain data. */
export interface CheckOptions {
  /** The version of sched. */
  readonly sched: string;
  /** Expectations and tolerances beside the scenario's own, the latter as `PATTERN=AMOUNT`. */
  readonly expect: readonly string[];
  readonly tolerance: readonly string[];
  readonly baselineDir: string | null;
  readonly update: boolean;
  /** Whether a scenario must have a baseline. */
  readonly requireBaseline: boolean;
}

/** Checks the scenario in a file. Never throws: what is wrong, with the scenario or with sched, is in the result. */
export async function checkScenario(file: string, options: CheckOptions, hooks: RunHooks = {}): Promise<GateOutput> {
  try {
    const loaded = loadFile(file);
    if (!('scenario' in loaded)) return unjudged(file, null, loaded.faults);
    return await judged(file, loaded, options, hooks);
  } catch (error) {
    if (error instanceof FaultError) return unjudged(file, null, unreadable(error, file));
    return crashed(file, error);
  }
}

async function judged(file: string, loaded: Loaded, options: CheckOptions, hooks: RunHooks): Promise<GateOutput> {
  const { scenario, warnings } = loaded;
  const baseline = baselineOf(file, options);
  const tolerances = tolerancesOf(loaded, options.tolerance);
  const expectations = [...ownExpectations(file, loaded), ...options.expect.map(fromCommandLine)];
  let table: RequestTable;
  let subject: Subject;
  try {
    ({ table } = await workloadOf(scenario, filesBeside(file)));
    subject = await subjectOf(scenario, table, wantedBy(expectations, baseline, options), hooks);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return unjudged(file, scenario.name, inFiles(error.faults, loaded, file));
  }
  return gate({
    file: shown(file), name: scenario.name, baseline, update: options.update, requireBaseline: options.requireBaseline,
    subject, expectations,
    tolerances: tolerances.placed,
    circumstances: {
      sched: options.sched, scenario: await scenarioDigest(loaded),
      workload: { requests: table.count, digest: await workloadDigest(table) },
    },
    problems: [...warnings, ...tolerances.faults].map(named),
  });
}

/** What is judged beyond what every run tells: a baseline holds all figures, the offered load among them. */
function wantedBy(expectations: readonly ExpectationSource[], baseline: GateInput['baseline'], { update }: CheckOptions): Wanted {
  const { percentiles, offeredLoad } = askedFor(expectations.map(({ text }) => text));
  const isCompared = baseline !== null && (update || baseline.text !== null);
  return { percentiles, offeredLoad: offeredLoad || isCompared ? 'always' : undefined };
}

/** Runs every scheduler. Outcomes are let go as soon as they are summed up. */
async function subjectOf(scenario: Scenario, table: RequestTable, wanted: Wanted, hooks: RunHooks): Promise<Subject> {
  const runs: JudgedRun[] = [];
  for (const scheduler of scenario.schedulers) {
    const { summary, outcomes } = runScheduler(scenario.engine, table, scheduler, hooks, wanted);
    runs.push({ scheduler: scheduler.name, summary, outcomeDigest: await outcomeDigest(table, outcomes) });
  }
  return {
    runs: withOfferedLoad(runs, wanted.offeredLoad, scenario.engine, table),
    names: {
      schedulers: scenario.schedulers.map(({ name }) => name), classes: scenario.classes.map(({ name }) => name), tenants: table.tenants,
    },
  };
}

/**
 * Of what the file says about how the runs end. Defaults are not in it: one that changes is a change of sched, not
 * of the scenario. Nor is the order of the schedulers, which is only that of the tables.
 */
function scenarioDigest({ document }: Loaded): Promise<string> {
  const { version: _, name: __, description: ___, expect: ____, baseline: _____, schedulers, ...decisive } = document;
  const sorted = Array.isArray(schedulers) ? schedulers.map(canonicalJson).sort(byText) : schedulers;
  return valueDigest({ ...decisive, schedulers: sorted });
}

function ownExpectations(file: string, { scenario, locate }: Loaded): ExpectationSource[] {
  return scenario.expect.map(({ that, level }, index) => {
    const { line, column, sourceLine } = locate(['expect', index, 'that']);
    return { text: that, level, file: shown(file), line, column, sourceLine };
  });
}

function fromCommandLine(text: string): ExpectationSource {
  return { text, level: 'error', file: null, line: null, column: null, sourceLine: null };
}

/** The scenario's tolerances, then those of the command line, which therefore win. */
function tolerancesOf({ scenario, locate }: Loaded, given: readonly string[]): { placed: PlacedTolerance[]; faults: Fault<FilePlace>[] } {
  const own = Object.entries(scenario.baseline.tolerance).map(([pattern, amount]) => ({
    read: tolerance(pattern, amount),
    locate: ({ help, ...fault }: Fault<Span>): Fault<FilePlace> => ({
      code: 'tolerance', message: `baseline.tolerance ${pattern}: ${fault.message}`, ...(help !== undefined && { help }), ...locate(['baseline', 'tolerance', pattern]),
    }),
  }));
  const more = given.map((text) => ({ read: parseTolerance(text), locate: (fault: Fault<Span>) => inTolerance(text, fault) }));
  const all = [...own, ...more];
  return {
    placed: all.flatMap(({ read, locate: place }) => ('value' in read ? [{ tolerance: read.value, locate: place }] : [])),
    faults: all.flatMap(({ read, locate: place }) => ('fault' in read ? [place(read.fault)] : [])),
  };
}

/** A fault of a `--tolerance`, with the place in its text. */
export function inTolerance(text: string, fault: Fault<Span>): Fault<FilePlace> {
  return inOption('--tolerance', text, { ...fault, code: 'tolerance' });
}

/** A fault of the text that an option was given. */
export function inOption(option: string, text: string, { code, message, help, start, end }: Fault<Span>): Fault<FilePlace> {
  return { code, message, ...(help !== undefined && { help }), file: option, column: start + 1, length: Math.max(1, end - start), sourceLine: text };
}

/** Largest baseline that is read. */
const MAX_BASELINE_MEBIBYTES = 64;

function baselineOf(scenario: string, { baselineDir }: CheckOptions): GateInput['baseline'] {
  const file = baselineFile(scenario, baselineDir);
  return file === null ? null : { file, text: readTextIfPresent(file, MAX_BASELINE_MEBIBYTES) };
}

function unjudged(file: string, name: string | null, faults: readonly Fault<FilePlace>[]): GateOutput {
  return { result: result(file, name, 'invalid', faults.map(named)), write: null };
}

function crashed(file: string, error: unknown): GateOutput {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const help = process.env['SCHED_DEBUG'] === '1' ? stack : 'this is a bug in sched; please report it with the scenario. SCHED_DEBUG=1 shows where it happened';
  return { result: result(file, null, 'crashed', [{ code: 'internal-error', message: `internal error: ${message}`, ...(help !== undefined && { help }), file: shown(file) }]), write: null };
}

function result(file: string, name: string | null, verdict: 'invalid' | 'crashed', problems: Fault<FilePlace>[]): CheckResult {
  return {
    file: shown(file), name, verdict, exitCode: exitCodeOf(verdict), expectations: [],
    baseline: { status: 'none', file: null, outcomes: [], unchanged: [], causes: [], changes: [], added: [], removed: [], problem: null }, problems,
  };
}

/** A file as it is called in results. */
function shown(file: string): string {
  return file === STDIN ? '<stdin>' : file;
}

function named(fault: Fault<FilePlace>): Fault<FilePlace> {
  return { ...fault, file: shown(fault.file) };
}
