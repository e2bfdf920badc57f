/**
 * Sessions are replayed as they were recorded (open loop): a turn comes when it came then, also where this server has
 * not yet answered the one before it, which nobody would have asked for.
 */
import { Status } from '../../engine/outcomes.ts';
import { runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

export const turns = runFigure({
  name: 'sessions.turns', unit: 'count', better: 'neither', summary: 'requests that follow an earlier one of their session',
  of: (run) => turnsOf(run)?.turns,
});

export const overlappingTurns = runFigure({
  name: 'sessions.overlapping', unit: 'count', better: 'lower', summary: 'turns that arrive before an earlier one of their session has ended',
  of: (run) => turnsOf(run)?.overlapping,
});

/** Undefined where no source has sessions. A refused request has ended; one that never finished has not. */
function turnsOf({ table: { arrival, session, source, count }, outcomes: { finish, status } }: RunView): { turns: number; overlapping: number } | undefined {
  if (session === undefined) return undefined;
  /** Session of a source -> when the last of its requests so far ends, microseconds. */
  const ends = new Map<number, number>();
  let turns = 0;
  let overlapping = 0;
  for (let request = 0; request < count; request++) {
    if (session[request] === 0) continue;
    const key = source[request]! * 2 ** 32 + session[request]!;
    const earlier = ends.get(key);
    if (earlier !== undefined) {
      turns++;
      if (arrival[request]! < earlier) overlapping++;
    }
    const end = status[request] === Status.completed ? finish[request]! : status[request] === Status.shed ? arrival[request]! : Infinity;
    ends.set(key, Math.max(earlier ?? 0, end));
  }
  return { turns, overlapping };
}
