/** What is wrong with the files that a workload names, found without making a single request. */
import type { FileAccess } from './files.ts';
import { loadLengths } from './lengths/load.ts';
import type { Problem, ScenarioPath } from './problem.ts';
import { WorkloadError } from './problem.ts';
import type { SourceSpec } from './spec.ts';
import { readTrace } from './traces/read-trace.ts';

/** Reads every file of the sources, whole: the problems of all of them, in the order of the scenario. */
export async function checkFiles(sources: readonly SourceSpec[], files: FileAccess): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [index, source] of sources.entries()) {
    for (const read of readings(source, ['workload', index], files)) {
      try {
        await read();
      } catch (error) {
        if (!(error instanceof WorkloadError)) throw error;
        problems.push(...error.problems);
      }
    }
  }
  return problems;
}

function readings(source: SourceSpec, path: ScenarioPath, files: FileAccess): (() => Promise<unknown>)[] {
  if ('trace' in source) {
    const { file, format, origin } = source.trace;
    return [() => readTrace(files, file, format, origin, [...path, 'trace', 'file'])];
  }
  if ('requests' in source) return [];
  const { promptTokens, outputTokens } = source.generate;
  return Object.entries({ promptTokens, outputTokens }).map(([what, spec]) => () => loadLengths(spec, files, [...path, 'generate', what]));
}
