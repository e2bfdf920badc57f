/** Faults of the gate's own languages: texts of a single line, an expectation or a tolerance. */
import { type Fault, FaultError, isInText } from '../core/fault.ts';
import type { Span } from '../core/place.ts';

/** @throws FaultError always */
export function fail({ start, end }: Span, message: string, help?: string): never {
  const fault: Fault<Span> = { code: 'expectation', message, help, start, end };
  throw new FaultError([fault]);
}

/** The result of `work`, or the fault it failed with. */
export function caught<T>(work: () => T): { readonly value: T } | { readonly fault: Fault<Span> } {
  try {
    return { value: work() };
  } catch (error) {
    const fault = error instanceof FaultError ? error.faults.find(isInText) : undefined;
    if (fault) return { fault };
    throw error;
  }
}
