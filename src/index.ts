/**
 * The library: what a program may import from `sched`. Whole jobs are in `sched/jobs`, the CI gate in `sched/gate`, tables and other
 * output in `sched/render`.
 *
 * Nothing here reads a file, a clock or the environment: texts, bytes and a `FileAccess` go in, values come
 * out. It runs wherever JavaScript does.
 */

// A scenario, and the whole job on it.
export { loadScenario, type LoadedScenario, type RefusedScenario } from './scenario/load.ts';
export { scenarioJsonSchema, type JsonSchema } from './scenario/json-schema.ts';
export type { BaselineSpec, ExpectationSpec, Scenario, SchedulerSpec } from './scenario/scenario.ts';
export { type Fault, FaultError } from './core/fault.ts';
export type { FilePlace, Position, ScenarioPath, ScenarioPlace, Span } from './core/place.ts';
export { LIMITS, NO_LIMITS, type Limits } from './run/limits.ts';
export { runScenario, type Run, type RunHooks, type RunOptions, type ScenarioRun, type Wanted, workloadOf } from './run.ts';

// Requests.
export { buildWorkload, type Workload, type WorkloadRequest } from './workload/build.ts';
export { describeWorkload, type LengthFigures, type WorkloadFigures } from './workload/describe.ts';
export { type FileAccess, noFiles } from './workload/files.ts';
export { type RequestClass, requestId, type RequestSource, type RequestTable, slaOf, type SlaTargets } from './workload/request-table.ts';
export type { SourceReport } from './workload/source.ts';
export type { SourceSpec } from './workload/spec.ts';
export { ARRIVALS } from './workload/arrivals/index.ts';
export type { ArrivalDefinition, NextArrival } from './workload/arrivals/arrival.ts';
export { LENGTHS } from './workload/lengths/index.ts';
export type { DrawTokens, LengthDefinition } from './workload/lengths/length.ts';
export { TRACE_FORMATS } from './workload/traces/index.ts';
export type { LeftOut, TraceFormat } from './workload/traces/trace.ts';

// Policies, and what their options are made of.
export { coefficient, duration, number, positive, positiveDuration, share, whole } from './core/options.ts';
export { definitionFaults, policiesWith } from './schedulers/given.ts';
export { POLICIES, policyNamed } from './schedulers/index.ts';
export { orderedBy } from './schedulers/keyed.ts';
export { type Line, waitingIn } from './schedulers/line.ts';
export { type Horizon, type Policy, type PolicyDefinition, PolicyError, type Preemption, type Server, type Stretch } from './schedulers/policy.ts';

// The engine.
export { simulate, type SimulationHooks, UNLIMITED, WorkLimitError, type WorkLimits } from './engine/simulate.ts';
export type { EngineOptions, KvCacheOptions, StepTimeOptions } from './engine/options.ts';
export {
  type ContendedService, type GapSeries, type Outcomes, Status, STATUS_NAMES, type StepObserver, type StepRecord,
} from './engine/outcomes.ts';
export { SHED_REASONS } from './engine/limits.ts';
export { aloneLatency } from './engine/alone.ts';
export { makeStepTime, STEP_TIMES } from './engine/step-time/index.ts';
export type { StepTime, StepTimeDefinition } from './engine/step-time/step-time.ts';
export { PRESETS } from './engine/presets/index.ts';
export type { Preset } from './engine/presets/preset.ts';

// Figures.
export { summarize } from './metrics/summarize.ts';
export type { Distribution } from './metrics/distribution.ts';
export type { GroupSummary, RunSummary } from './metrics/summary.ts';
export { compareRuns, type Effect, isChange, type MetricChange } from './metrics/compare.ts';
export { findMetric, METRICS } from './metrics/index.ts';
export type { Direction, Metric, MetricDefinition, MetricUnit } from './metrics/metric.ts';
export { type MetricGroup, type MetricPath, metricPaths, readMetric } from './metrics/paths.ts';
export { outcomeDigest, sameSchedule, workloadDigest } from './metrics/digest.ts';
export { type Micros, parseMicros, toSeconds } from './core/time.ts';
