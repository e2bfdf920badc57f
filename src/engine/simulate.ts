/** Runs a workload through the engine under one policy. */
import type { Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Engine, type SimulationHooks } from './engine.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes } from './outcomes.ts';
import { onlySlotsMatter, simulateSlots } from './slots-only.ts';
import type { StepTime } from './step-time/step-time.ts';

export type { SimulationHooks } from './engine.ts';

/**
 * Replays every request of the table, in order of arrival, until all have finished or been shed.
 *
 * @param stepTime the model named by `options.stepTime`
 * @throws Error when a policy breaks its contract so that the engine cannot go on
 */
export function simulate(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks = {}): Outcomes {
  if (!hooks.onStep && onlySlotsMatter(options, stepTime, policy)) return simulateSlots(table, options, stepTime, policy, hooks.onProgress);
  return new Engine(table, options, stepTime, policy, hooks).run();
}
