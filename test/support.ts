/** Builders that several tests share: tables from plain lists, engines with defaults, policies by name. */
import * as v from 'valibot';
import { type EngineOptions, engineSchema } from '../src/engine/options.ts';
import { makeStepTime } from '../src/engine/step-time/index.ts';
import { withNoise } from '../src/engine/step-time/noise.ts';
import type { StepTime } from '../src/engine/step-time/step-time.ts';
import { policyNamed } from '../src/schedulers/index.ts';
import type { Policy } from '../src/schedulers/policy.ts';
import type { RequestClass, RequestTable } from '../src/workload/request-table.ts';

/** Whether what takes long is tested too: SCHED_THOROUGH=1. */
export const THOROUGH = process.env.SCHED_THOROUGH === '1';

export interface Row {
  readonly arrival: number;
  readonly output: number;
  readonly prompt?: number;
  /** Index into the classes. */
  readonly class?: number;
  /** Index into the tenants. */
  readonly tenant?: number;
  readonly id?: string;
}

/** Classes named c0, c1, … with these priorities and equal weights. */
export function classesOf(priorities: readonly number[]): RequestClass[] {
  return priorities.map((priority, i) => ({ name: `c${i}`, priority, weight: 1, sla: {} }));
}

/** A table of rows that are already in order of arrival. */
export function tableOf(rows: readonly Row[], classes: readonly RequestClass[] = classesOf([1]), tenants: readonly string[] = []): RequestTable {
  return {
    count: rows.length,
    arrival: Float64Array.from(rows, (r) => r.arrival),
    promptTokens: Uint32Array.from(rows, (r) => r.prompt ?? 0),
    outputTokens: Uint32Array.from(rows, (r) => r.output),
    class: Uint16Array.from(rows, (r) => r.class ?? 0),
    tenant: Uint16Array.from(rows, (r) => r.tenant ?? 0),
    source: new Uint16Array(rows.length),
    ordinal: Uint32Array.from(rows, (_, i) => i),
    classes,
    tenants,
    sources: [{ name: 'r', ids: rows.map((r) => r.id) }],
    slaOverrides: new Map(),
  };
}

/** Engine options as a scenario would give them, defaults filled in. */
export function engineOf(options: Record<string, unknown>): EngineOptions {
  return v.parse(engineSchema, options) as EngineOptions;
}

export function stepTimeOf(options: EngineOptions): StepTime {
  return withNoise(makeStepTime(options.stepTime), options.stepTime.noise, 'of the test');
}

export function policyOf(name: string, table: RequestTable, options: Record<string, unknown> = {}, maxBatchSize = 8): Policy {
  const definition = policyNamed(name)!;
  return definition.make(table, v.parse(v.strictObject(definition.options), options), { seed: 'test', maxBatchSize });
}
