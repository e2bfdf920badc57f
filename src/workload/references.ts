/** What the sources of a workload refer to and give names to: classes, tenants, ids, the names of sources. */
import type { ScenarioPath } from '../core/place.ts';
import type { Mix } from './mix.ts';
import { mixNames } from './mix.ts';
import type { SourceSpec } from './spec.ts';
import { isRules, type Rule } from './traces/mapping.ts';
import type { TraceClass } from './traces/spec.ts';

export interface Reference {
  /** From the list of sources: `[0, 'generate', 'class']`. */
  readonly path: ScenarioPath;
  readonly name: string;
}

/** Every mention of a class, in order. */
export function* classReferences(sources: readonly SourceSpec[]): Iterable<Reference> {
  for (const [index, source] of sources.entries()) {
    if ('requests' in source) {
      for (const [row, request] of source.requests.entries()) {
        if (request.class !== undefined) yield { path: [index, 'requests', row, 'class'], name: request.class };
      }
    } else if ('generate' in source) yield* assignedClasses(source.generate.class, [index, 'generate', 'class']);
    else yield* assignedClasses(source.trace.class, [index, 'trace', 'class']);
  }
}

type ClassRule = Rule & { readonly class: Mix };

function* assignedClasses(assigned: TraceClass | undefined, path: ScenarioPath): Iterable<Reference> {
  if (assigned === undefined) return;
  if (!isRules<ClassRule, Mix>(assigned)) {
    yield* mixReferences(assigned as Mix, path);
    return;
  }
  for (const [rule, { class: mix }] of assigned.rules.entries()) yield* mixReferences(mix, [...path, 'rules', rule, 'class']);
  yield* mixReferences(assigned.otherwise, [...path, 'otherwise']);
}

function* mixReferences(mix: Mix | undefined, path: ScenarioPath): Iterable<Reference> {
  if (typeof mix === 'string') yield { path, name: mix };
  else if (mix !== undefined) for (const name of Object.keys(mix)) yield { path: [...path, name], name };
}

/** Every id that is given to a request, in order. */
export function* listedIds(sources: readonly SourceSpec[]): Iterable<Reference> {
  for (const [index, source] of sources.entries()) {
    if (!('requests' in source)) continue;
    for (const [row, { id }] of source.requests.entries()) {
      if (id !== undefined) yield { path: [index, 'requests', row, 'id'], name: id };
    }
  }
}

/** What a source is called: in ids, in reports and in the paths of its random streams. */
export function sourceNameOf(source: SourceSpec, index: number): string {
  const given = 'generate' in source ? source.generate.name : 'trace' in source ? source.trace.name : undefined;
  return given ?? String(index + 1);
}

/** The tenant of requests that name none, where others do. */
export const NO_TENANT = 'default';

/** Tenants that the scenario names itself, however often; a trace may have more in a column. */
export function tenantNames(sources: readonly SourceSpec[]): string[] {
  return [...new Set(sources.flatMap((source) => [...tenantMentions(source)]))];
}

function* tenantMentions(source: SourceSpec): Iterable<string> {
  if ('requests' in source) {
    for (const { tenant } of source.requests) if (tenant !== undefined) yield tenant;
    return;
  }
  const { tenant } = 'generate' in source ? source.generate : source.trace;
  if (tenant === undefined) return;
  if (!isRules<TenantRule, Mix>(tenant)) {
    yield* mixNames(tenant as Mix);
    return;
  }
  for (const rule of tenant.rules) yield* mixNames(rule.tenant);
  yield* mixNames(tenant.otherwise);
}

type TenantRule = Rule & { readonly tenant: Mix };
