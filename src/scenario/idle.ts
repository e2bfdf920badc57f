/** Settings that nothing uses: allowed, but whoever wrote them expects something that will not happen. */
import type { Fault } from '../core/fault.ts';
import { pathText } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { POLICIES } from '../schedulers/index.ts';
import { classReferences } from '../workload/references.ts';
import type { RequestClass, RequestTable } from '../workload/request-table.ts';
import type { SourceSpec } from '../workload/spec.ts';
import type { SchedulerSpec } from './scenario.ts';

/** A setting that never takes effect, as a warning. */
export function pointless(path: ScenarioPath, predicate: string, help: string): Fault<ScenarioPlace> {
  return { code: 'pointless', message: `${pathText(path)} ${predicate}`, help, path, severity: 'warning' };
}

/** Weights that differ where no scheduler shares by weight. Of a policy that the user brings along nobody knows. */
export function* idleWeights(classes: readonly RequestClass[], schedulers: readonly SchedulerSpec[]): Generator<Fault<ScenarioPlace>> {
  const odd = classes.find(({ weight }) => weight !== classes[0]!.weight);
  if (!odd || schedulers.some((scheduler) => readsWeights(scheduler, classes))) return;
  const named = classes[0]!.weight === 1 ? odd : classes[0]!;
  const names = schedulers.map(({ name }) => name).join(', ');
  yield pointless(['classes', named.name, 'weight'], `has no effect on a schedule: ${names} ${schedulers.length === 1 ? 'does' : 'do'} not look at it`, 'only the figures fairness.fairShare and fairness.maxServiceDifference are by weight; sched list policies says which policies are');
}

/** Whether a policy looks at the weights of classes when it is made: asked with classes that notice. */
function readsWeights({ policy, options }: SchedulerSpec, classes: readonly RequestClass[]): boolean {
  const definition = POLICIES.find(({ name }) => name === policy);
  if (!definition) return true;
  let read = false;
  const noticing = classes.map((each): RequestClass => ({
    ...each,
    get weight() {
      read = true;
      return each.weight;
    },
  }));
  try {
    definition.make({ ...NO_REQUESTS, classes: noticing }, options as never, { seed: '', maxBatchSize: 1 });
  } catch {
    return true;
  }
  return read;
}

const NO_REQUESTS: RequestTable = {
  count: 0, arrival: new Float64Array(), promptTokens: new Uint32Array(), outputTokens: new Uint32Array(),
  class: new Uint16Array(), tenant: new Uint16Array(), source: new Uint16Array(), ordinal: new Uint32Array(),
  classes: [], tenants: [], sources: [], slaOverrides: new Map(),
};

/** Targets of classes that no source gives a request. */
export function* idleTargets(classes: readonly RequestClass[], sources: readonly SourceSpec[]): Generator<Fault<ScenarioPlace>> {
  // A trace may name classes itself; where there is one class, nobody has to.
  if (classes.length === 1 || sources.some((source) => 'trace' in source)) return;
  const named = new Set(Array.from(classReferences(sources), ({ name }) => name));
  for (const { name, sla } of classes) {
    if (named.has(name) || Object.values(sla).every((target) => target === undefined)) continue;
    yield pointless(['classes', name, 'sla'], 'has no request to be met by', `no source of the workload names the class ${name}`);
  }
}
