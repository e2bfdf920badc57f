/**
 * How long the queue is when half of the arrival time has passed, and at its end: whether it grows. Counted are
 * requests that have arrived and were not admitted yet; one that was evicted does not count again, one refused never.
 */
import { Status } from '../../engine/outcomes.ts';
import { runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

export const waitingHalfway = runFigure({
  name: 'engine.waitingHalfway', unit: 'count', better: 'lower', summary: 'requests waiting midway between first and last arrival',
  of: (run) => waitingAt(run, 0.5),
});

export const waitingAtEnd = runFigure({
  name: 'engine.waitingAtEnd', unit: 'count', better: 'lower', summary: 'requests waiting when the last has arrived',
  of: (run) => waitingAt(run, 1),
});

/** @param part of the time between first and last arrival */
function waitingAt({ table: { arrival, count }, outcomes: { admitted, status } }: RunView, part: number): number {
  const time = count === 0 ? 0 : arrival[0]! + part * (arrival[count - 1]! - arrival[0]!);
  let waiting = 0;
  for (let request = 0; request < count && arrival[request]! <= time; request++) {
    if (!(admitted[request]! <= time) && status[request] !== Status.shed) waiting++;
  }
  return waiting;
}
