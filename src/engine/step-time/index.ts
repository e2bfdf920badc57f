/** The one list of step-time models. */
import { constant } from './constant.ts';
import { linear } from './linear.ts';
import { logEfficiency } from './log-efficiency.ts';
import type { StepTime, StepTimeDefinition } from './step-time.ts';
import { table } from './table.ts';

export const STEP_TIMES: readonly StepTimeDefinition<never>[] = [logEfficiency, constant, linear, table];

/** The model that `stepTime:` of a scenario asks for. */
export function makeStepTime(options: { readonly model: string }): StepTime {
  const definition = STEP_TIMES.find((model) => model.name === options.model);
  if (!definition) throw new Error(`no step-time model named ${options.model}`);
  return definition.make(options as never);
}
