/**
 * Names in the workload held against what they refer to, as far as the workload could be read: a fault in one
 * request does not hide an unknown class in the next.
 */
import { isMapping } from '../core/choice.ts';
import type { Fault } from '../core/fault.ts';
import { pathText, valueText } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { classReferences, listedIds } from '../workload/references.ts';
import type { SourceSpec } from '../workload/spec.ts';
import { choicesHelp } from './suggest.ts';

/**
 * Classes that the scenario does not have.
 *
 * @param misnamed classes whose name is at fault: not to be suggested, nor to be called unknown
 */
export function* classFaults(sources: readonly SourceSpec[], names: readonly string[], misnamed: ReadonlySet<unknown>): Generator<Fault<ScenarioPlace>> {
  const known = new Set(names);
  const classes = names.filter((name) => !misnamed.has(name));
  for (const { path, name } of classReferences(sources)) {
    if (known.has(name) || misnamed.has(name)) continue;
    const at = ['workload', ...path];
    // In a map of shares the name is the key, and the last step of the path.
    yield {
      code: 'unknown-name',
      message: `${pathText(at)}: there is no class ${valueText(name)}`,
      help: choicesHelp(name, classes, 'classes'),
      path: at,
      ...(path.at(-1) === name ? { at: 'key' as const } : {}),
    };
  }
}

/** Ids that an earlier request has. */
export function* idFaults(sources: readonly SourceSpec[]): Generator<Fault<ScenarioPlace>> {
  const first = new Map<string, ScenarioPath>();
  for (const { path, name } of listedIds(sources)) {
    const at = ['workload', ...path];
    const earlier = first.get(name);
    if (!earlier) first.set(name, at);
    else {
      yield {
        code: 'duplicate-id',
        message: `${pathText(at)}: the id ${valueText(name)} is taken by ${pathText(earlier.slice(0, -1))}`,
        path: at,
        first: earlier,
      };
    }
  }
}

/**
 * The sources as far as references go: what a faulty one says of classes and ids, where that is readable.
 *
 * @param workload as validation left it
 * @param isFaulty whether there is a fault at a path or below
 */
export function readableSources(workload: unknown, isFaulty: (path: ScenarioPath) => boolean): SourceSpec[] {
  if (!Array.isArray(workload)) return [];
  return workload.map((source: unknown, index): SourceSpec => {
    if (!isFaulty(['workload', index])) return source as SourceSpec;
    if (!isMapping(source)) return { requests: [] };
    if (Array.isArray(source.requests)) return { requests: source.requests.map((request: unknown) => readableRequest(request)) } as unknown as SourceSpec;
    const kind = isMapping(source.generate) ? 'generate' : 'trace';
    const { class: assigned } = isMapping(source[kind]) ? source[kind] : {};
    return { [kind]: isFaulty(['workload', index, kind, 'class']) ? {} : { class: assigned } } as unknown as SourceSpec;
  });
}

function readableRequest(request: unknown): { id?: string; class?: string } {
  const { id, class: assigned } = isMapping(request) ? request : {};
  return { ...(typeof id === 'string' ? { id } : {}), ...(typeof assigned === 'string' ? { class: assigned } : {}) };
}
