/** From the sources of a scenario to the table of requests. */
import { grouped } from '../core/grouped.ts';
import type { Fault } from '../core/fault.ts';
import { FaultError, firstFaults, refuse } from '../core/fault.ts';
import { checkReferences, checkSources } from './check.ts';
import { allocateOwn, allocateShared } from './columns.ts';
import { workloadFault } from './fault.ts';
import type { FileAccess } from './files.ts';
import { generateRequests } from './generate.ts';
import { listRequests } from './listed.ts';
import { liftedFrom, MAX_REQUESTS } from './limits.ts';
import { mergeSources } from './merge.ts';
import { Names, OpenClasses } from './names.ts';
import { sourceNameOf } from './references.ts';
import type { RequestClass, RequestTable } from './request-table.ts';
import { sourceStreams } from './source.ts';
import type { BuiltSource, SourceContext, SourceReport } from './source.ts';
import type { SourceSpec } from './spec.ts';
import { replayTrace } from './traces/replay.ts';

/** More faults of one kind are counted as more. */
const MOST_FAULTS = 1000;

export interface WorkloadRequest {
  /** In the order of the scenario. */
  readonly sources: readonly SourceSpec[];
  /** Absent: as the sources name them, all alike. */
  readonly classes?: readonly RequestClass[] | undefined;
  readonly seed: string;
  readonly files: FileAccess;
  /** Whether the columns live in shared memory, for use by several threads. */
  readonly share?: boolean;
  /** Most requests, and rows of a trace. */
  readonly most?: number;
}

export interface Workload {
  readonly table: RequestTable;
  /** One per source, in the order of the scenario. */
  readonly reports: readonly SourceReport[];
}

/**
 * Generates, reads and merges all sources: by arrival, then by position in the scenario.
 *
 * @throws FaultError with the faults of all sources
 */
export async function buildWorkload({ sources, classes, seed, files, share = false, most = MAX_REQUESTS }: WorkloadRequest): Promise<Workload> {
  if (classes !== undefined) refuse([...firstFaults(checkReferences(sources, classes), MOST_FAULTS), ...firstFaults(checkSources(sources, classes, most), MOST_FAULTS)]);
  const tenants = new Names('tenants');
  const known = new OpenClasses(classes);
  const allocate = share ? allocateShared : allocateOwn;

  const built: BuiltSource[] = [];
  const faults: Fault[] = [];
  for (const [index, source] of sources.entries()) {
    const name = sourceNameOf(source, index);
    try {
      built.push(await buildSource(source, {
        name,
        path: ['workload', index],
        classes: known.classes,
        classIndex: (of) => known.index(of),
        tenantIndex: (of) => tenants.index(of),
        streams: sourceStreams(seed, name),
        files,
        allocate,
        most,
      }));
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      for (const fault of error.faults) faults.push(fault);
    }
  }
  refuse(faults);
  const total = built.reduce((sum, { columns }) => sum + columns.count, 0);
  if (total > most) refuse([workloadFault(['workload'], `has ${grouped(total)} requests; it may have ${grouped(most)}`, liftedFrom(most))]);
  return { table: mergeSources(built, known.classes, built.some(({ namesTenants }) => namesTenants) ? tenants.names : [], allocate), reports: built.map(({ report }) => report) };
}

async function buildSource(source: SourceSpec, context: SourceContext): Promise<BuiltSource> {
  if ('requests' in source) return listRequests(source.requests, context);
  if ('generate' in source) return generateRequests(source.generate, context);
  return replayTrace(source.trace, context);
}
