/** From faults of a scenario to diagnostics: with places, in the order of the file, and not too many of them. */
import type { Diagnostic, Place } from '../core/diagnostic.ts';
import type { ScenarioPath } from '../workload/problem.ts';

/** Where a path of the scenario stands in its file; of a path that the file does not have, what is nearest to it. */
export type Locate = (path: ScenarioPath) => Place;

/** Diagnostics of one file that are told; the rest are counted. */
const MOST_DIAGNOSTICS = 50;

/** The first diagnostics of a file by place (those without one come first), and how many more there are. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const more = sorted.length - MOST_DIAGNOSTICS;
  if (more <= 0) return sorted;
  const last = sorted[MOST_DIAGNOSTICS]!;
  const rest: Diagnostic = {
    code: 'more',
    message: `and ${more} more`,
    file: last.file,
    ...(last.severity === undefined ? {} : { severity: last.severity }),
  };
  return [...sorted.slice(0, MOST_DIAGNOSTICS), rest];
}
