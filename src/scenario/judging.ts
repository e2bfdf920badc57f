/** What a scenario says it is to be judged by, and the names that it may use for that. What they mean is known to the gate. */
import type { ScenarioPath } from '../core/place.ts';
import { mixNames } from '../workload/mix.ts';
import type { SourceSpec } from '../workload/spec.ts';
import { requestClasses } from './classes.ts';
import { expectationSpec } from './expectations.ts';
import type { ExpectationSpec } from './scenario.ts';
import { schedulerSpec } from './schedulers.ts';
import type { ScenarioFields } from './schema.ts';

export interface Judging {
  readonly schedulers: readonly string[];
  readonly classes: readonly string[];
  /** Null where only a trace can tell. */
  readonly tenants: readonly string[] | null;
  readonly expect: readonly ExpectationSpec[];
  /** As in `BaselineSpec`. */
  readonly tolerance: Readonly<Record<string, string>>;
}

/** Of fields that may have faults; undefined where one of those that it takes has. */
export function judgingOf({ schedulers, classes, workload, expect, baseline }: ScenarioFields, isFaulty: (path: ScenarioPath) => boolean): Judging | undefined {
  if ([['schedulers'], ['classes'], ['expect'], ['baseline']].some(isFaulty)) return undefined;
  return {
    schedulers: schedulers.map((each) => schedulerSpec(each).name),
    classes: requestClasses(classes).map(({ name }) => name),
    tenants: isFaulty(['workload']) ? null : tenantsOf(workload),
    expect: expect.map(expectationSpec),
    tolerance: baseline.tolerance,
  };
}

function tenantsOf(sources: readonly SourceSpec[]): string[] | null {
  const names = new Set<string>();
  for (const source of sources) {
    if ('trace' in source) return null;
    const named = 'requests' in source ? source.requests.map(({ tenant }) => tenant) : mixNames(source.generate.tenant ?? {});
    for (const name of named) if (name !== undefined) names.add(name);
  }
  return [...names];
}
