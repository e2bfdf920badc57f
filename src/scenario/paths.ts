/** A path in the scenario, as messages write it. */
import type { ScenarioPath } from '../workload/problem.ts';

/** `workload[0].requests[2].at`; the root is `the scenario`. List positions count from 0. */
export function pathText(path: ScenarioPath): string {
  if (path.length === 0) return 'the scenario';
  const text = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\p{L}\p{N}_$-]+$/u.test(step) ? `.${step}` : `[${shown(step)}]`;
  });
  return text.join('').replace(/^\./, '');
}

/** The value at a path of what was read; undefined when there is none. */
export function valueAt(root: unknown, path: ScenarioPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

/** Longest text that a message repeats. */
const LONGEST = 60;

/** A value as a message shows it: text in quotes and cut short, maps and lists by their kind. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'a map' : String(value);
}
