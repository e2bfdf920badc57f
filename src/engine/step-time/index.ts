/** The one list of step-time models. */
import { constant } from './constant.ts';
import { linear } from './linear.ts';
import { logEfficiency } from './log-efficiency.ts';
import type { StepTimeDefinition } from './step-time.ts';
import { table } from './table.ts';

export const STEP_TIMES = [logEfficiency, constant, linear, table] as const satisfies readonly StepTimeDefinition<never>[];
