/**
 * What can be wrong with a workload whose every field is fine: found before anything is generated or read.
 */
import { grouped } from '../core/grouped.ts';
import type { Fault } from '../core/fault.ts';
import { sentence } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { ARRIVALS } from './arrivals/index.ts';
import { definitionOf } from './definition.ts';
import { liftedFrom, MAX_NAMES, MAX_REQUESTS } from './limits.ts';
import { classReferences, listedIds, sourceNameOf, tenantNames } from './references.ts';
import type { RequestClass } from './request-table.ts';
import type { GenerateSpec, SourceSpec } from './spec.ts';
import { mayTellClass } from './traces/named.ts';

/** Classes that are not there, and ids that are given twice. */
export function* checkReferences(sources: readonly SourceSpec[], classes: readonly RequestClass[]): Generator<Fault<ScenarioPlace>> {
  const known = new Set(classes.map(({ name }) => name));
  const help = classesHelp(classes);
  for (const { path, name } of classReferences(sources)) {
    if (!known.has(name)) yield wrong(['workload', ...path], `there is no class ${name}`, help);
  }
  const ids = new Set<string>();
  for (const { path, name } of listedIds(sources)) {
    if (ids.size === ids.add(name).size) yield wrong(['workload', ...path], `the id ${name} is given twice`);
  }
}

/** Everything else: classes left out, sources or ids of one name, more requests than there may be. */
export function* checkSources(sources: readonly SourceSpec[], classes: readonly RequestClass[], most = MAX_REQUESTS): Generator<Fault<ScenarioPlace>> {
  if (classes.length > 1) yield* missingClasses(sources, classesHelp(classes));
  yield* sharedNames(sources);
  yield* takenIds(sources);
  yield* tooMany(sources, classes, most);
}

function classesHelp(classes: readonly RequestClass[]): string {
  return `the classes are ${classes.map(({ name }) => name).join(', ')}`;
}

function wrong(path: ScenarioPath, words: string, help?: string): Fault<ScenarioPlace> {
  return { code: 'invalid-value', message: sentence(path, words), ...(help !== undefined && { help }), path };
}

function* missingClasses(sources: readonly SourceSpec[], help: string): Generator<Fault<ScenarioPlace>> {
  const missing = (...path: ScenarioPath): Fault<ScenarioPlace> => wrong(['workload', ...path], 'needs a class, as the scenario has several', help);
  for (const [index, source] of sources.entries()) {
    if ('requests' in source) {
      for (const [row, request] of source.requests.entries()) if (request.class === undefined) yield missing(index, 'requests', row);
    } else if ('generate' in source) {
      if (source.generate.class === undefined) yield missing(index, 'generate');
    } else if (source.trace.class === undefined && !mayTellClass(source.trace)) yield missing(index, 'trace');
  }
}

/** Sources of one name would draw the same numbers and give the same ids. */
function sharedNames(sources: readonly SourceSpec[]): Fault<ScenarioPlace>[] {
  const first = new Map<string, number>();
  return sources.flatMap((source, index) => {
    const name = sourceNameOf(source, index);
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    const kind = 'generate' in source ? 'generate' : 'trace' in source ? 'trace' : 'requests';
    return [wrong(
      ['workload', index, kind],
      `source ${index + 1} and source ${before + 1} are both called ${name}: they would draw the same numbers`,
      'give each a name of its own (a source without one is called by its position)',
    )];
  });
}

/** Listed ids that another request has by default: `name-ordinal`. */
function* takenIds(sources: readonly SourceSpec[]): Generator<Fault<ScenarioPlace>> {
  const named = new Map(sources.map((source, index) => [sourceNameOf(source, index), source]));
  for (const { path, name } of listedIds(sources)) {
    const [, prefix, ordinal] = /^(.*)-([1-9]\d{0,9})$/s.exec(name) ?? [];
    const source = prefix === undefined ? undefined : named.get(prefix);
    if (source === undefined || !mayGiveId(source, Number(ordinal))) continue;
    yield wrong(['workload', ...path], `the id ${name} is also that of request ${ordinal} of source ${prefix}`, 'choose another id, or name the source');
  }
}

function mayGiveId(source: SourceSpec, ordinal: number): boolean {
  if ('requests' in source) return ordinal <= source.requests.length && source.requests[ordinal - 1]!.id === undefined;
  return 'trace' in source || ordinal <= (source.generate.count ?? Infinity);
}

function tooMany(sources: readonly SourceSpec[], classes: readonly RequestClass[], most: number): Fault<ScenarioPlace>[] {
  const faults: Fault<ScenarioPlace>[] = [];
  let total = 0;
  for (const [index, source] of sources.entries()) {
    const count = 'requests' in source ? source.requests.length : 'generate' in source ? expectedCount(source.generate) : 0;
    total += count;
    if (total <= most) continue;
    faults.push(wrong(
      ['workload', index, ...('requests' in source ? ['requests'] : ['generate', lengthField(source)])],
      `with ${grouped(Math.round(count))} requests from here the workload would have ${grouped(Math.round(total))}; it may have ${grouped(most)}`,
      liftedFrom(most),
    ));
    break;
  }
  const names: readonly (readonly [string, number])[] = [
    ['sources', sources.length], ['classes', classes.length], ['tenants', tenantNames(sources).length],
  ];
  for (const [what, count] of names) {
    if (count > MAX_NAMES) faults.push(wrong(['workload'], `has ${grouped(count)} ${what}; it may have ${grouped(MAX_NAMES)}`));
  }
  return faults;
}

/** The field that makes a generated source as long as it is. */
function lengthField(source: SourceSpec): string {
  return 'generate' in source && source.generate.count === undefined ? 'duration' : 'count';
}

/** How many requests to expect of all sources; undefined where a trace or the engine says that. */
export function expectedRequests(sources: readonly SourceSpec[]): number | undefined {
  let total = 0;
  for (const source of sources) {
    if ('trace' in source || ('generate' in source && isOpen(source.generate))) return undefined;
    total += 'requests' in source ? source.requests.length : expectedCount(source.generate);
  }
  return total;
}

/** Whether how many requests there are depends on what the engine can take of them. */
function isOpen({ duration, arrivals }: GenerateSpec): boolean {
  return duration !== undefined && arrivals['load'] !== undefined;
}

/** How many requests to expect of a generated source; at least, where the engine has a say. */
export function expectedCount(spec: GenerateSpec): number {
  const { count = Infinity, duration, arrivals } = spec;
  if (duration === undefined) return count;
  if (isOpen(spec)) return 0;
  const definition = definitionOf(ARRIVALS, arrivals.process);
  return Math.min(count, definition.expected(arrivals as never, duration));
}
