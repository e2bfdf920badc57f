/** Turns of sessions that come before an earlier one has ended, by hand. */
import { expect, it } from 'vitest';
import { summarize } from '../../src/metrics/summarize.ts';
import { runOf } from './run-of.ts';

const ROWS = [
  { session: 1, arrival: 0, admitted: 0, firstToken: 5, finish: 10 },
  { session: 1, arrival: 9, admitted: 10, firstToken: 12, finish: 15 },
  // As the first of the second source: no turn of the session above.
  { session: 1, source: 1, arrival: 9, admitted: 10, firstToken: 12, finish: 12 },
  { session: 0, arrival: 9, admitted: 10, firstToken: 12, finish: 40 },
  // Exactly when the one before ends.
  { session: 1, arrival: 15, status: 'shed' as const, shedReason: 1 },
  { session: 1, arrival: 16, status: 'unfinished' as const },
  { session: 1, arrival: 99, admitted: 99, firstToken: 100, finish: 101 },
];

it('counts turns, and those that come too soon for anybody to have asked', () => {
  const { table, outcomes } = runOf(ROWS);
  const sessions = { ...table, session: Uint32Array.from(ROWS, ({ session }) => session), source: Uint16Array.from(ROWS, ({ source = 0 }) => source) };
  expect(summarize(sessions, outcomes, () => 1).sessions).toEqual({ turns: 4, overlapping: 2 });
  expect(summarize(table, outcomes, () => 1)).not.toHaveProperty('sessions');
});
