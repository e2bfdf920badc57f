/**
 * What a bare number of a time is. A date is a date, and a number of the size of an epoch time has one unit that puts it
 * into our days; any other number may be anything, and is asked for.
 */
import { FaultError } from '../../core/fault.ts';
import { dataFault } from '../fault.ts';
import { Instant, PLACES, type TimeUnit } from './instant.ts';

/** Seconds since 1970 of 2001 and of 2065: what the clocks of servers say. */
const EPOCH = { from: 1e9, to: 3e9 } as const;

const NUMBERS = Object.keys(PLACES) as Exclude<TimeUnit, 'time'>[];

/** The unit in which a number is a time of our days. */
function epochUnit(value: number): TimeUnit | undefined {
  return NUMBERS.find((unit) => value >= EPOCH.from * 10 ** PLACES[unit] && value < EPOCH.to * 10 ** PLACES[unit]);
}

/** The unit of a file whose scenario does not say it, from its first time. @throws FaultError where that is in doubt */
export function unitOf(value: unknown): TimeUnit {
  if (new Instant().read(value, 'time')) return 'time';
  const unit = epochUnit(Number(value));
  if (unit !== undefined && value !== '') return unit;
  throw new FaultError([dataFault(
    'does not say in what its times are', {}, 'say it beside columns: unit: s, ms, us or ns for numbers, time for dates such as 2023-11-16 18:15:46.68',
  )]);
}

/**
 * Refuses a unit that cannot be meant: all times are of our days in another one.
 *
 * @param range the least and the greatest time, in seconds under the unit
 * @throws FaultError
 */
export function plausibleUnit({ from, to }: { readonly from: number; readonly to: number }, unit: Exclude<TimeUnit, 'time'>): void {
  const scale = 10 ** PLACES[unit];
  const [first, last] = [epochUnit(from * scale), epochUnit(to * scale)];
  // A month is a seven-hundredth of the time since 1970; a trace that counts from its own start spans more of its times.
  if (first === undefined || first !== last || first === unit || to - from > from / 50) return;
  throw new FaultError([dataFault(
    `its times are said to be in ${unit}, and would be dates of our days in ${first}`, {}, `unit: ${first}, or take something off them if they are not dates`,
  )]);
}
