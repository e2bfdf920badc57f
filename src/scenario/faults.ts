/** From faults of a scenario to faults of its file: with places a person can find, in their order, and not too many of them. */
import { type Fault, isInFile, isInScenario, MORE } from '../core/fault.ts';
import type { FilePlace, ScenarioPath, ScenarioPlace } from '../core/place.ts';
import type { ExactPosition } from './lines.ts';

/** Where a place of the scenario stands in its file; of a path that the file does not have, what is nearest to it. */
export type Locate = (path: ScenarioPath, at?: ScenarioPlace['at']) => ExactPosition & FilePlace;

/** A fault with its place in the file; a second thing of its kind tells where the first is. */
export function located({ path, at, first, help, ...what }: Fault<ScenarioPlace>, locate: Locate): Fault<FilePlace> {
  const helps = [help, first && `the first is in line ${locate(first).line}`].filter((line) => line !== undefined);
  return { ...what, ...(helps.length > 0 && { help: helps.join('; ') }), ...locate(path, at) };
}

/**
 * A fault of whatever a scenario led to.
 *
 * @param file the scenario's, where no place is known
 * @param beside the name of a file that the scenario names, as the user can find it
 */
export function locatedAnywhere(fault: Fault, locate: Locate, file: string, beside: (name: string) => string): Fault<FilePlace> {
  if (isInScenario(fault)) return located(fault, locate);
  return { ...fault, file: isInFile(fault) ? beside(fault.file) : file };
}

/** Faults of one file that are told; the rest are counted. */
const MOST_FAULTS = 50;

/** The first faults of a file by place (those without one come first), and how many more there are. */
export function inOrder(faults: readonly Fault<FilePlace>[]): Fault<FilePlace>[] {
  const counted = faults.filter(({ code }) => code !== MORE);
  const sorted = counted.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const more = sorted.length - MOST_FAULTS;
  if (more <= 0) return sorted;
  const { file, severity } = sorted[MOST_FAULTS]!;
  const message = `and ${counted.length < faults.length ? 'more than ' : ''}${more} more`;
  return [...sorted.slice(0, MOST_FAULTS), { code: MORE, message, file, ...(severity !== undefined && { severity }) }];
}
