/** How often a check runs a scenario: as the user has it. */
import { FaultError } from '../core/fault.ts';
import { AUTO, type Looks } from '../experiments/looks.ts';

/**
 * Where an expectation is not decided there are more replications, up to a limit.
 *
 * @param count auto: from 10
 * @param most absent: `usual`, or the count where that is more
 * @returns null where there are to be none
 * @throws FaultError for a limit below the count, or without one
 */
export function looksFor(count: number | 'auto', most: number | undefined, usual?: number): Looks;
export function looksFor(count: number | 'auto' | undefined, most: number | undefined, usual?: number): Looks | null;
export function looksFor(count: number | 'auto' | undefined, most: number | undefined, usual = AUTO.most): Looks | null {
  if (count === undefined) {
    if (most === undefined) return null;
    throw new FaultError([{ code: 'input', message: '--max-replications needs --replications', help: 'such as --replications 20' }]);
  }
  const from = count === 'auto' ? Math.min(AUTO.from, most ?? AUTO.from) : count;
  if (most !== undefined && most < from) throw new FaultError([{ code: 'input', message: `--max-replications ${most} is less than --replications ${from}` }]);
  return { from, most: most ?? Math.max(from, usual) };
}
