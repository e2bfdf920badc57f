/**
 * What is wrong with something a user wrote, as plain data: what, where, and what to do about it.
 *
 * It is made where the input is read, given a place in a file where that file is known, and shown (as a code
 * frame, an annotation, JSON) where the output is.
 */
import type { FilePlace, ScenarioPlace, Span } from './place.ts';

/** Something wrong, at a place of the given kind (`Span`, `ScenarioPlace`, `Position`, `FilePlace`); of any kind, or none, where it is left open. */
export type Fault<Place extends object = object> = Place & {
  /** Stable, in kebab-case: `unknown-key`. */
  readonly code: string;
  /** One plain sentence without a full stop: which field, what is wrong, what was found. */
  readonly message: string;
  /** What would be right, or the nearest valid name and the choices. */
  readonly help?: string | undefined;
  /** Absent: an error. */
  readonly severity?: 'warning';
};

/** The input cannot be used: everything that is wrong with it. The one error that is the user's to mend. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ message }) => message).join('; '));
    this.faults = faults;
  }
}

/** Whether it keeps the input from being used. */
export function isError({ severity }: Fault): boolean {
  return severity === undefined;
}

export function isInText(fault: Fault): fault is Fault<Span> {
  return 'start' in fault;
}

export function isInScenario(fault: Fault): fault is Fault<ScenarioPlace> {
  return 'path' in fault;
}

export function isInFile(fault: Fault): fault is Fault<FilePlace> {
  return 'file' in fault;
}

/** @throws FaultError when there is anything in the list */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new FaultError(faults);
}

/** The code of the fault that there are more faults than are told. */
export const MORE = 'more';

/** The first of many faults, and one more, at the place of the last, where there are others: a message about each item of a huge list helps nobody. */
export function firstFaults<Each extends Fault>(faults: Iterable<Each>, most: number): Each[] {
  const first: Each[] = [];
  for (const fault of faults) {
    if (first.length === most) return [...first, { ...first.at(-1)!, code: MORE, message: `and more than ${most} others`, help: undefined }];
    first.push(fault);
  }
  return first;
}
