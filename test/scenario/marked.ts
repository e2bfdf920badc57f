/** Texts with the place of a fault marked in them: `maxBatchSize: ‹0›`. */
import { expect } from 'vitest';
import type { Fault } from '../../src/core/fault.ts';
import type { FilePlace } from '../../src/core/place.ts';
import { loadScenario } from '../../src/scenario/load.ts';

/** The text without the marks, and where they were: line and column from 1. */
export function unmarked(marked: string): { text: string; line: number; column: number; length: number } {
  const start = marked.indexOf('‹');
  const end = marked.indexOf('›') - 1;
  const before = marked.slice(0, start).split('\n');
  return { text: marked.replace(/[‹›]/g, ''), line: before.length, column: before.at(-1)!.length + 1, length: end - start };
}

/** Everything wrong with a text. */
export function diagnose(input: string | Uint8Array, file = 'scenario.yaml'): readonly Fault<FilePlace>[] {
  const result = loadScenario(input, file);
  return 'faults' in result ? result.faults : result.warnings;
}

/** Requires that the marked place is the only fault, and gives it. */
export function onlyFault(marked: string, file?: string): Fault<FilePlace> {
  const { text, ...place } = unmarked(marked);
  const found = diagnose(text, file);
  expect(found.map(({ message }) => message)).toHaveLength(1);
  expect(found[0]).toMatchObject(place);
  return found[0]!;
}

/** A workload without faults, for scenarios that are about something else. */
export const WORKLOAD = 'workload:\n  - requests:\n    - { class: high, outputTokens: 5 }\n';
