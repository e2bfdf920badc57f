/** Describing the requests of scenarios, or of traces by themselves, without running them. */
import { type Fault, FaultError, isInScenario } from '../core/fault.ts';
import { requestsOf } from '../run.ts';
import { buildWorkload, type Workload } from '../workload/build.ts';
import { describeWorkload, type WorkloadFigures } from '../workload/describe.ts';
import { fitTwin, type Twin } from '../workload/fit/fit.ts';
import type { SourceReport } from '../workload/source.ts';
import { type SourceSpec, traceSource } from '../workload/spec.ts';
import { type RequestList, requestList } from './request-list.ts';
import { inFiles, type ScenarioFile } from './scenario-file.ts';
import type { World } from './world.ts';

/** What is known of a workload, and what became of the rows of each source. */
export interface WorkloadReport extends WorkloadFigures {
  readonly name: string;
  readonly file: string | null;
  readonly seed: string;
  readonly sources: readonly SourceReport[];
  /** The synthetic twin, where one was asked for; null: there is none of so few requests. */
  readonly twin?: Twin | null;
  /** The requests, for whoever writes them down. */
  readonly list: RequestList;
  /** The scenario as its file has it; of a trace: its name. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface Looking {
  /** Whether rows out of order are refused, and whatever is malformed. */
  readonly strict?: boolean | undefined;
  readonly fit?: boolean | undefined;
}

/** @throws FaultError with what is wrong with the workload */
export async function describe(loaded: ScenarioFile, looking: Looking, world: World): Promise<WorkloadReport> {
  const { scenario, path, document } = loaded;
  const { name, file, seed } = scenario;
  const sources = scenario.sources.map((source) => asLooked(source, looking));
  const workload = await telling((faults) => inFiles(faults, loaded, world), () => requestsOf({ ...scenario, sources }, world.files.beside(path), world));
  return reportOf({ name, file, seed, document }, workload, looking);
}

/**
 * A trace that no scenario speaks of: everything of it, under the classes that it names.
 *
 * @throws FaultError with what is wrong with it
 */
export async function describeTrace(path: string, seed: string, looking: Looking, world: World): Promise<WorkloadReport> {
  const file = path.split(/[/\\]/).at(-1)!;
  const source = asLooked(traceSource(file), looking);
  const inTrace = (faults: readonly Fault[]) => faults.map((fault) => (isInScenario(fault) ? ofFile(fault, path) : { ...fault, file: path }));
  const workload = await telling(inTrace, () => buildWorkload({ sources: [source], seed, files: world.files.beside(path), most: world.limits.requests }));
  const { classes } = workload.table;
  const document = { name: file, classes: Object.fromEntries(classes.map(({ name }) => [name, { priority: 1 }])) };
  return reportOf({ name: file, file: path, seed, document }, workload, looking);
}

/** What is said of a place in a scenario that nobody wrote is said of the file. */
function ofFile({ code, message, help }: Fault, file: string): Fault {
  const about: Fault<{ file: string }> = { code, message: message.replace(/^workload\[0\]\.trace(\.file)?:? /, ''), help, file };
  return about;
}

function asLooked(source: SourceSpec, { strict = false }: Looking): SourceSpec {
  return strict && 'trace' in source ? { trace: { ...source.trace, strict } } : source;
}

async function telling(located: (faults: readonly Fault[]) => readonly Fault[], build: () => Promise<Workload>): Promise<Workload> {
  try {
    return await build();
  } catch (error) {
    throw error instanceof FaultError ? new FaultError(located(error.faults)) : error;
  }
}

async function reportOf(
  about: Pick<WorkloadReport, 'name' | 'file' | 'seed' | 'document'>, { table, reports }: Workload, { fit = false }: Looking,
): Promise<WorkloadReport> {
  return {
    ...about, ...describeWorkload(table), sources: reports, list: requestList(table),
    ...(fit && { twin: (await fitTwin(table, about.seed)) ?? null }),
  };
}
