/**
 * What can be wrong with a workload whose every field is fine: found before anything is generated or read.
 */
import { ARRIVALS } from './arrivals/index.ts';
import { definitionOf } from './definition.ts';
import { MAX_NAMES, MAX_REQUESTS, grouped } from './limits.ts';
import type { Problem, ScenarioPath } from './problem.ts';
import { classReferences, listedIds, sourceNameOf, tenantNames } from './references.ts';
import type { RequestClass } from './request-table.ts';
import type { GenerateSpec, SourceSpec } from './spec.ts';

/** Classes that are not there, and ids that are given twice. */
export function checkReferences(sources: readonly SourceSpec[], classes: readonly RequestClass[]): Problem[] {
  const known = new Set(classes.map(({ name }) => name));
  const unknown = [...classReferences(sources)].filter(({ name }) => !known.has(name));
  const ids = new Set<string>();
  const repeated = [...listedIds(sources)].filter(({ name }) => ids.size === ids.add(name).size);
  return [
    ...unknown.map(({ path, name }) => ({
      path: ['workload', ...path],
      message: `there is no class ${name}`,
      help: `the classes are ${[...known].join(', ')}`,
    })),
    ...repeated.map(({ path, name }) => ({ path: ['workload', ...path], message: `the id ${name} is given twice` })),
  ];
}

/** Everything else: classes left out, sources or ids of one name, too many requests. */
export function checkSources(sources: readonly SourceSpec[], classes: readonly RequestClass[]): Problem[] {
  return [
    ...(classes.length > 1 ? sources.flatMap((source, index) => missingClasses(source, ['workload', index], classes)) : []),
    ...sharedNames(sources),
    ...takenIds(sources),
    ...tooMany(sources, classes),
  ];
}

function missingClasses(source: SourceSpec, path: ScenarioPath, classes: readonly RequestClass[]): Problem[] {
  const missing = (where: ScenarioPath): Problem => ({
    path: where,
    message: 'needs a class, as the scenario has several',
    help: `the classes are ${classes.map(({ name }) => name).join(', ')}`,
  });
  if ('requests' in source) {
    return source.requests.flatMap((request, row) => (request.class === undefined ? [missing([...path, 'requests', row])] : []));
  }
  if ('generate' in source) return source.generate.class === undefined ? [missing([...path, 'generate'])] : [];
  return source.trace.class === undefined ? [missing([...path, 'trace'])] : [];
}

/** Sources of one name would draw the same numbers and give the same ids. */
function sharedNames(sources: readonly SourceSpec[]): Problem[] {
  const first = new Map<string, number>();
  return sources.flatMap((source, index) => {
    const name = sourceNameOf(source, index);
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    const kind = 'generate' in source ? 'generate' : 'trace' in source ? 'trace' : 'requests';
    return [{
      path: ['workload', index, kind],
      message: `source ${index + 1} and source ${before + 1} are both called ${name}: they would draw the same numbers`,
      help: 'give each a name of its own (a source without one is called by its position)',
    }];
  });
}

/** Listed ids that another request has by default: `name-ordinal`. */
function takenIds(sources: readonly SourceSpec[]): Problem[] {
  const named = new Map(sources.map((source, index) => [sourceNameOf(source, index), source]));
  return [...listedIds(sources)].flatMap(({ path, name }) => {
    const [, prefix, ordinal] = /^(.*)-([1-9]\d{0,9})$/s.exec(name) ?? [];
    const source = prefix === undefined ? undefined : named.get(prefix);
    if (source === undefined || !mayGiveId(source, Number(ordinal))) return [];
    return [{
      path: ['workload', ...path],
      message: `the id ${name} is also that of request ${ordinal} of source ${prefix}`,
      help: 'choose another id, or name the source',
    }];
  });
}

function mayGiveId(source: SourceSpec, ordinal: number): boolean {
  if ('requests' in source) return ordinal <= source.requests.length && source.requests[ordinal - 1]!.id === undefined;
  return 'trace' in source || ordinal <= (source.generate.count ?? Infinity);
}

function tooMany(sources: readonly SourceSpec[], classes: readonly RequestClass[]): Problem[] {
  const problems: Problem[] = [];
  let total = 0;
  for (const [index, source] of sources.entries()) {
    const count = 'requests' in source ? source.requests.length : 'generate' in source ? expectedCount(source.generate) : 0;
    total += count;
    if (total <= MAX_REQUESTS) continue;
    problems.push({
      path: ['workload', index, ...('requests' in source ? ['requests'] : ['generate', lengthField(source)])],
      message: `with ${grouped(Math.round(count))} requests from here the workload would have ${grouped(Math.round(total))}; it may have ${grouped(MAX_REQUESTS)}`,
    });
    break;
  }
  const names: readonly (readonly [string, number])[] = [
    ['sources', sources.length], ['classes', classes.length], ['tenants', tenantNames(sources).length],
  ];
  for (const [what, count] of names) {
    if (count > MAX_NAMES) problems.push({ path: ['workload'], message: `has ${grouped(count)} ${what}; it may have ${grouped(MAX_NAMES)}` });
  }
  return problems;
}

/** The field that makes a generated source as long as it is. */
function lengthField(source: SourceSpec): string {
  return 'generate' in source && source.generate.count === undefined ? 'duration' : 'count';
}

/** How many requests to expect of all sources; undefined where a trace says that. */
export function expectedRequests(sources: readonly SourceSpec[]): number | undefined {
  let total = 0;
  for (const source of sources) {
    if ('trace' in source) return undefined;
    total += 'requests' in source ? source.requests.length : expectedCount(source.generate);
  }
  return total;
}

/** How many requests to expect of a generated source. */
export function expectedCount({ count = Infinity, duration, arrivals }: GenerateSpec): number {
  if (duration === undefined) return count;
  const definition = definitionOf(ARRIVALS, arrivals.process);
  return Math.min(count, definition.expected(arrivals as never, duration));
}
