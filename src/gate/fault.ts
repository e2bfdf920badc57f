/** What is wrong with a text of the gate's own languages: where in it, and what to do. */
import type { Span } from './expectation.ts';

/** A fault in a text that is a single line of its own: an expectation, a tolerance. */
export interface Fault extends Span {
  readonly message: string;
  readonly help?: string | undefined;
}

/** Carries a fault out of a parser. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** @throws FaultError always */
export function fail(span: Span, message: string, help?: string): never {
  throw new FaultError({ start: span.start, end: span.end, message, help });
}

/** The result of `work`, or the fault it failed with. */
export function caught<T>(work: () => T): { readonly value: T } | { readonly fault: Fault } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof FaultError) return { fault: error.fault };
    throw error;
  }
}
