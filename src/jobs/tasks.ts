/** The tasks that may be done on another thread, by name. */
import { capacityTask } from './capacity.ts';
import { checkTask } from './check-scenario.ts';
import { replicationTask } from './replicate.ts';
import { replayTask, reportTask } from './run.ts';
import type { Task } from './world.ts';

const TASKS: readonly Task<never, unknown>[] = [replayTask, reportTask, replicationTask, checkTask, capacityTask];

export function taskNamed(name: string): Task<never, unknown> | undefined {
  return TASKS.find((task) => task.name === name);
}
