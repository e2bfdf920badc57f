/** What a file must have before its rows are read: what every request needs, and what the scenario asks for. */
import { FaultError, refuse } from '../../core/fault.ts';
import type { Position } from '../../core/place.ts';
import { dataFault, workloadFault } from '../fault.ts';
import { likelyHelp } from '../likely.ts';
import { NEEDED, placesOf } from './fields.ts';
import type { Plan } from './plan.ts';
import type { Wanted } from './reading.ts';
import { Rows } from './rows.ts';
import { TABLE } from './table.ts';
import { unitOf } from './units.ts';

/**
 * @param present names of what the file has, told where something is not among it
 * @param needed what of that which every request has must be among it
 * @throws FaultError
 */
export function requirePresent(plan: Plan, present: readonly string[], has: (name: string) => boolean, wanted: Wanted, at: Position, needed: readonly (typeof NEEDED)[number][] = NEEDED): void {
  const missing = needed.filter((name) => !plan.slots[NEEDED.indexOf(name)]!.places.some(has)).filter((name) => name !== 'arrival' || wanted.arrivals === undefined);
  if (missing.length > 0) throw lacking(plan, missing, present, at);
  const unknown = wanted.asked.filter((name) => !plan.slots.find((slot) => slot.name === name)!.places.some(has));
  refuse(unknown.map((name) => workloadFault(wanted.path, `a rule asks for ${name}, which ${wanted.file} does not have`, likelyHelp(present))));
}

function lacking({ format }: Plan, missing: readonly (typeof NEEDED)[number][], present: readonly string[], at: Position): FaultError {
  const names = missing.map((name) => placesOf(format.fields[name] ?? name)[0]!);
  if (missing[0] === 'arrival' && missing.length === 1 && format.name !== TABLE) {
    return new FaultError([dataFault(
      `has no start times (${names[0]!}), and none are invented`, at,
      'record them, or say how the requests are to arrive, such as arrivals: { process: poisson, rate: 5 }',
    )]);
  }
  const unmapped = missing.filter((name) => format.fields[name] === undefined);
  const message = unmapped.length > 0 ? `columns does not say which column is ${unmapped.join(', ')}` : `has no column ${names.join(', ')}`;
  return new FaultError([dataFault(message, at, likelyHelp(present))]);
}

/** What takes the rows of a file, from the first on. @throws FaultError where its unit is in doubt */
export function rowsFor(plan: Plan, firstArrival: unknown, hasTimes: boolean, wanted: Wanted): Rows {
  const needsTimes = hasTimes && wanted.arrivals === undefined;
  const rows = new Rows(plan, plan.unit ?? (needsTimes ? unitOf(firstArrival) : 's'), needsTimes, wanted.most);
  wanted.begun(rows);
  return rows;
}
