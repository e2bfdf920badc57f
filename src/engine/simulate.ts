/** Runs a workload through the engine under one policy. */
import { type Policy, PolicyError } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Engine } from './engine.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes } from './outcomes.ts';
import { onlySlotsMatter, simulateSlots } from './slots-only.ts';
import type { StepTime } from './step-time/step-time.ts';
import type { SimulationHooks } from './watch.ts';

export type { SimulationHooks } from './watch.ts';
export { UNLIMITED, WorkLimitError, type WorkLimits } from './work-limit.ts';

/**
 * Replays every request of the table, in order of arrival, until all have finished or been shed.
 *
 * @param stepTime the model named by `options.stepTime`
 * @throws PolicyError when a policy breaks its contract so that the engine cannot go on
 * @throws WorkLimitError when it takes more than `hooks.limits`
 */
export function simulate(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks = {}): Outcomes {
  try {
    return !hooks.onStep && onlySlotsMatter(options, stepTime, policy)
      ? simulateSlots(table, options, stepTime, policy, hooks)
      : new Engine(table, options, stepTime, policy, hooks).run();
  } catch (error) {
    if (error instanceof PolicyError) throw new PolicyError(`the policy ${hooks.policy === undefined ? '' : `${hooks.policy} `}${error.message}`, { cause: error });
    throw error;
  }
}
