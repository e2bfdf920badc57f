/**
 * A scenario with everything filled in that it leaves to others: defaults, preset, hardware. It loads to the same
 * scenario, and means it by itself.
 *
 * The values stay as they were written (`1.5s`, not microseconds): defaults are put in where the schema has them, on
 * its input side, so that nothing has to be turned back into text.
 */
import { dump } from 'js-yaml';
import { type GenericSchema, getDefault } from 'valibot';
import { isMapping } from '../core/choice.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { requestClasses } from './classes.ts';
import type { LoadedScenario } from './load.ts';
import { scenarioSchema } from './schema.ts';
import { shapeOf } from './schema-shape.ts';

/** The filled-in scenario as plain data, its keys in the order of the schema. @param policies beside those of this project */
export function shownScenario({ scenario, resolved }: Pick<LoadedScenario, 'scenario' | 'resolved'>, policies?: readonly PolicyDefinition<never>[]): Readonly<Record<string, unknown>> {
  const { $schema: _schema, ...document } = resolved;
  const schedulers = document['schedulers'] ?? scenario.schedulers.map(({ name }) => name);
  return filled(scenarioSchema(policies), {
    ...document,
    name: scenario.name,
    seed: scenario.seed,
    engine: document['engine'] ?? {},
    classes: document['classes'] ?? Object.fromEntries(requestClasses().map(({ name, priority }) => [name, { priority }])),
    schedulers: (schedulers as readonly unknown[]).map((scheduler) => (typeof scheduler === 'string' ? { policy: scheduler } : scheduler)),
  }) as Readonly<Record<string, unknown>>;
}

/** The same as YAML; ends in a newline. */
export function shownYaml(loaded: Pick<LoadedScenario, 'scenario' | 'resolved'>, policies?: readonly PolicyDefinition<never>[]): string {
  return dump(shownScenario(loaded, policies), { noRefs: true, lineWidth: -1 });
}

function filled(schema: GenericSchema, value: unknown): unknown {
  const shape = shapeOf(schema, value);
  if (Array.isArray(value)) return shape?.kind === 'list' ? value.map((item) => filled(shape.item, item)) : value;
  if (!isMapping(value)) return value;
  if (shape?.kind === 'record') return mapped(value, (item) => filled(shape.value, item));
  if (shape?.kind !== 'map') return value;
  return Object.fromEntries(Object.entries(shape.entries).flatMap(([key, entry]) => {
    const given = value[key] ?? (getDefault(entry as Parameters<typeof getDefault>[0]) as unknown);
    return given === undefined ? [] : [[key, filled(entry, given)]];
  }));
}

function mapped(value: Readonly<Record<string, unknown>>, change: (item: unknown) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
