/** What is wrong with the files that a workload names, found without making a single request. */
import type { Fault } from '../core/fault.ts';
import { FaultError } from '../core/fault.ts';
import type { ScenarioPath } from '../core/place.ts';
import type { FileAccess } from './files.ts';
import { loadLengths } from './lengths/load.ts';
import type { SourceSpec } from './spec.ts';
import { namesAsked } from './traces/mapping.ts';
import { readTrace } from './traces/read-trace.ts';

/**
 * Reads every file of the sources, whole: the faults of all of them, in the order of the scenario.
 *
 * @param most rows of a trace
 */
export async function checkFiles(sources: readonly SourceSpec[], files: FileAccess, most?: number): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, source] of sources.entries()) {
    for (const read of readings(source, ['workload', index], files, most)) {
      try {
        await read();
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        for (const fault of error.faults) faults.push(fault);
      }
    }
  }
  return faults;
}

function readings(source: SourceSpec, path: ScenarioPath, files: FileAccess, most?: number): (() => Promise<unknown>)[] {
  if ('trace' in source) {
    const { trace } = source;
    return [() => readTrace(files, trace, namesAsked(trace.class, trace.tenant, trace.sla), [...path, 'trace'], most)];
  }
  if ('requests' in source) return [];
  const { promptTokens, outputTokens } = source.generate;
  return Object.entries({ promptTokens, outputTokens }).map(([what, spec]) => () => loadLengths(spec, files, [...path, 'generate', what]));
}
