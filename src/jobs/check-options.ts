/** Expectations and tolerances from outside a scenario, and its own tolerances: read, with a place for what is wrong. */
import { type Fault, refuse } from '../core/fault.ts';
import type { FilePlace, Span } from '../core/place.ts';
import { parseExpectation } from '../gate/parse.ts';
import type { PlacedTolerance } from '../gate/prejudge.ts';
import { parseTolerance, tolerance } from '../gate/tolerance.ts';
import type { JudgingOf } from '../scenario/load.ts';

/**
 * Says what is wrong with expectations and tolerances from outside once, not once for each scenario.
 *
 * @throws FaultError
 */
export function requireWellFormed(expect: readonly string[], tolerances: readonly string[]): void {
  refuse([
    ...expect.flatMap((text) => {
      const read = parseExpectation(text);
      return 'value' in read ? [] : [inOption('--expect', text, read.fault)];
    }),
    ...tolerances.flatMap((text) => {
      const read = parseTolerance(text);
      return 'value' in read ? [] : [inTolerance(text, read.fault)];
    }),
  ]);
}

/** The scenario's tolerances, then those from outside, which therefore win. */
export function tolerancesOf({ judging, locate }: JudgingOf, given: readonly string[]): { placed: PlacedTolerance[]; faults: Fault<FilePlace>[] } {
  const own = Object.entries(judging.tolerance).map(([pattern, amount]) => ({
    read: tolerance(pattern, amount),
    locate: ({ message, help }: Fault<Span>): Fault<FilePlace> => ({
      code: 'tolerance', message: `baseline.tolerance ${pattern}: ${message}`, ...(help !== undefined && { help }), ...locate(['baseline', 'tolerance', pattern]),
    }),
  }));
  const more = given.map((text) => ({ read: parseTolerance(text), locate: (fault: Fault<Span>) => inTolerance(text, fault) }));
  const all = [...own, ...more];
  return {
    placed: all.flatMap(({ read, locate: placed }) => ('value' in read ? [{ tolerance: read.value, locate: placed }] : [])),
    faults: all.flatMap(({ read, locate: placed }) => ('fault' in read ? [placed(read.fault)] : [])),
  };
}

function inTolerance(text: string, fault: Fault<Span>): Fault<FilePlace> {
  return inOption('--tolerance', text, { ...fault, code: 'tolerance' });
}

/** A fault of the text that an option was given, with the place in it. */
function inOption(option: string, text: string, { code, message, help, start, end }: Fault<Span>): Fault<FilePlace> {
  return { code, message, ...(help !== undefined && { help }), file: option, column: start + 1, length: Math.max(1, end - start), sourceLine: text };
}
