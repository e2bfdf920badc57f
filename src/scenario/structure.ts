/**
 * The keys of a scenario held against its schema.
 *
 * The schema library stops at the first unknown key of a map and takes a list for a map; here every unknown
 * key is found, with the keys that are known there. Names that every JavaScript object has are refused as
 * keys, so that a class called `constructor` is never looked up in a prototype.
 */
import type { GenericSchema } from 'valibot';
import { type Fault, firstFaults } from '../core/fault.ts';
import { pathText } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { foreignKeyHelp, misplacedKeyHelp } from './foreign-keys.ts';
import { isReserved } from './names.ts';
import { allowsMap, shapeOf } from './schema-shape.ts';
import { choicesHelp } from './suggest.ts';

/** More faults than this are not looked for. */
const MOST_FAULTS = 1000;

/** Finds the faults of keys, in the order of the value. */
export function keyFaults(schema: GenericSchema, value: unknown): Fault<ScenarioPlace>[] {
  const faults: Fault<ScenarioPlace>[] = [];
  const path: (string | number)[] = [];

  const within = (step: string | number, inner: GenericSchema, item: unknown): void => {
    path.push(step);
    visit(inner, item);
    path.pop();
  };
  const visit = (at: GenericSchema, item: unknown): void => {
    if (typeof item !== 'object' || item === null || faults.length > MOST_FAULTS) return;
    const shape = shapeOf(at, item);
    if (Array.isArray(item)) {
      if (shape?.kind === 'list') item.forEach((entry: unknown, index) => within(index, shape.item, entry));
      else if (allowsMap(at, item)) faults.push(notAMap([...path]));
      return;
    }
    for (const [key, entry] of Object.entries(item)) {
      if (faults.length > MOST_FAULTS) return;
      if (isReserved(key)) faults.push(reserved([...path, key]));
      else if (shape?.kind === 'record') within(key, shape.value, entry);
      else if (shape?.kind !== 'map') continue;
      else if (Object.hasOwn(shape.entries, key)) within(key, shape.entries[key]!, entry);
      else faults.push(unknownKey([...path, key], shape.entries));
    }
  };
  visit(schema, value);
  return firstFaults(faults, MOST_FAULTS);
}

function notAMap(path: ScenarioPath): Fault<ScenarioPlace> {
  const help = 'write each entry as key: value, without a dash before it';
  return { code: 'wrong-type', message: `${pathText(path)} must be a map of keys (found a list)`, help, path };
}

function reserved(path: ScenarioPath): Fault<ScenarioPlace> {
  return { code: 'bad-name', message: `${pathText(path)} has a name that is reserved`, help: 'choose another name', path, at: 'key' };
}

function unknownKey(path: ScenarioPath, entries: Readonly<Record<string, GenericSchema>>): Fault<ScenarioPlace> {
  const key = String(path.at(-1));
  const known = Object.keys(entries);
  const [, name, rest] = /^([A-Za-z]\w*):(.+)$/s.exec(key) ?? [];
  const help = name === undefined
    ? foreignKeyHelp(key, known) ?? misplacedKeyHelp(key, entries) ?? choicesHelp(key, known, 'known keys')
    : `put a space after the colon: ${name}: ${rest}`;
  return { code: 'unknown-key', message: `unknown key ${pathText(path)}`, help, path, at: 'key' };
}
