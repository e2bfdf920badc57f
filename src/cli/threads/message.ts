/** What a worker is given, and what it says of an input. */
import { type Fault, FaultError } from '../../core/fault.ts';
import type { Limits } from '../../run/limits.ts';
import type { FileRules } from '../io/file-uses.ts';
import type { Shared } from './shared.ts';

export interface WorkerData {
  readonly task: string;
  readonly inputs: readonly unknown[];
  readonly shared: Shared;
  readonly thread: number;
  readonly rules: FileRules;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  readonly limits: Limits;
}

export type Message = { readonly index: number } & ({ readonly result: unknown } | Failure);

/** An error as it goes from thread to thread: its class is lost on the way. */
interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of a FaultError; null for any other. */
  readonly faults: readonly Fault[] | null;
}

export function failureOf(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, stack, faults: error instanceof FaultError ? error.faults : null };
}

export function errorOf({ message, stack, faults }: Failure): Error {
  if (faults) return new FaultError(faults);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}

/** The memory of all columns in a result: it is handed over rather than copied. Shared memory stays where it is. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collectBuffers(value, found);
  return [...found];
}

function collectBuffers(value: unknown, found: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collectBuffers(part, found);
  }
}
