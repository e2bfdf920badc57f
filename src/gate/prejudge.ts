/**
 * What is wrong with the expectations and the tolerances of a scenario, said before anything runs: texts that
 * cannot be read, names that are not there, units that do not fit. Whatever loads a scenario can ask it.
 */
import type { Fault } from '../core/fault.ts';
import type { FilePlace, Span } from '../core/place.ts';
import { type ExpectationSource, faultOf } from './evaluate.ts';
import { keptFigures } from './figures.ts';
import { type GateNames, NameTree } from './names.ts';
import { type Tolerance, unmatched } from './tolerance.ts';

/** A tolerance, and the place of a fault of it. */
export interface PlacedTolerance {
  readonly tolerance: Tolerance;
  locate(fault: Fault<Span>): Fault<FilePlace>;
}

/** Everything that is wrong with what a scenario is to be judged by. */
export function prejudge(expectations: readonly ExpectationSource[], tolerances: readonly PlacedTolerance[], names: GateNames): Fault<FilePlace>[] {
  const tree = new NameTree(names);
  return [...expectations.flatMap((source) => faultOf(source, tree) ?? []), ...toleranceFaults(tolerances, names)];
}

/** The fault of each tolerance that is about no figure, or measures none of those that it is about. */
export function toleranceFaults(tolerances: readonly PlacedTolerance[], names: GateNames): Fault<FilePlace>[] {
  // Where it is not known yet which tenants there are, what names one may be right.
  const judged = tolerances.filter(({ tolerance: { pattern } }) => names.tenants !== null || pattern.segments.every(({ kind }) => kind !== 'tenant'));
  if (judged.length === 0) return [];
  return unmatched(judged.map(({ tolerance }) => tolerance), keptFigures(names))
    .map(({ tolerance, fault }) => judged.find((each) => each.tolerance === tolerance)!.locate(fault));
}
