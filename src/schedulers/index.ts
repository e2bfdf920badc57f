/** The one list of policies: a new one is its file and a line here. */
import { fifo } from './fifo.ts';
import type { PolicyDefinition } from './policy.ts';
import { priority } from './priority.ts';

export const POLICIES: readonly PolicyDefinition<never>[] = [fifo, priority];

/** A policy's definition by name. Undefined when there is none. */
export function policyNamed(name: string): PolicyDefinition | undefined {
  return POLICIES.find((policy) => policy.name === name) as PolicyDefinition | undefined;
}
