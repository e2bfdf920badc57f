/** Values by metric, nested at the dots of its name: `sla.met` is `{ sla: { met } }`, as the result files have it. */
import type { Figure, GroupMetric, Metric, RunMetric } from './metric.ts';

/** `sla.met` with a value as `{ sla: { met: value } }`. */
type Nested<Name extends string, Value> = Name extends `${infer Head}.${infer Rest}`
  ? { readonly [Key in Head]: Nested<Rest, Value> }
  : { readonly [Key in Name]: Value };

/** All of a union at once. */
type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void ? All : never;

type ValueOf<Each> = Each extends GroupMetric<string, infer Value> ? Value : Each extends RunMetric<string, infer Value> ? Value : never;

/** The values that some metrics give, nested at the dots of their names. */
export type ValuesOf<Metrics extends Metric> = Together<Metrics extends Metric ? Nested<Metrics['name'], ValueOf<Metrics>> : never>;

/** Values as they are put together. */
export class ValueTree {
  readonly values: Record<string, unknown> = {};

  /** Sets the value of a metric. */
  set(name: string, value: unknown): void {
    const keys = name.split('.');
    const last = keys.pop()!;
    let at = this.values;
    for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
}

/**
 * The figure of a metric in nested values.
 *
 * @param stat what follows the name of the metric, where something does; may be any text
 * @returns undefined when there is no such figure
 */
export function valueAt(values: unknown, name: string, stat?: string): Figure | undefined {
  const found = valuesAt(values, name);
  const value = stat === undefined ? found : within(found, stat);
  return value === null || typeof value === 'number' ? value : undefined;
}

/** All that a metric came to: its figure, or its figures by what follows its name; undefined when it is not there. */
export function valuesAt(values: unknown, name: string): unknown {
  return name.split('.').reduce(within, values);
}

function within(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
