/** Looking up a path in what was read of a scenario. */
import type { ScenarioPath } from '../core/place.ts';

/** The value at a path of what was read; undefined when there is none. */
export function valueAt(root: unknown, path: ScenarioPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}
