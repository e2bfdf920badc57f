/** Paths and values of the scenario, as messages write them. */
import type { ScenarioPath } from './place.ts';

/** `workload[0].requests[2].at`; the root is `the scenario`. List positions count from 0. */
export function pathText(path: ScenarioPath): string {
  if (path.length === 0) return 'the scenario';
  const text = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\p{L}\p{N}_$-]+$/u.test(step) ? `.${step}` : `[${valueText(step)}]`;
  });
  return text.join('').replace(/^\./, '');
}

/** What is said of a path: a predicate, or a sentence of its own. */
export function sentence(path: ScenarioPath, words: string): string {
  return `${pathText(path)}${/^(must|has|is|needs|rounds|cannot|comes)\b/.test(words) ? ' ' : ': '}${words}`;
}

/** Longest text that a message repeats. */
const LONGEST = 60;

/** A value as a message shows it: text in quotes and cut short, maps and lists by their kind. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'a map' : String(value);
}
