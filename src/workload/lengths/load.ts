/** A distribution as the scenario has it, with what it keeps in a file. */
import type { ScenarioPath } from '../../core/place.ts';
import { definitionOf } from '../definition.ts';
import type { FileAccess } from '../files.ts';
import type { LengthSpec } from '../spec.ts';
import { LENGTHS } from './index.ts';

/**
 * @param path of the distribution in the scenario, for faults
 * @returns options for the distribution's `make`
 * @throws FaultError
 */
export async function loadLengths(spec: LengthSpec, files: FileAccess, path: ScenarioPath): Promise<unknown> {
  if (typeof spec === 'number') return spec;
  return (await definitionOf(LENGTHS, spec.distribution).load?.(spec as never, files, path)) ?? spec;
}
