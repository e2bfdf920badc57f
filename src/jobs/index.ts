/**
 * `sched/jobs`: whole jobs for programs, as the commands do them.
 *
 * A job takes plain data and a world (files, threads, policies) and gives plain data; what is wrong with the input is a
 * FaultError. `inMemory` makes a world that needs no process.
 */
export { calibrateRuns, type CalibrateInput } from './calibrate.ts';
export { check, type CheckInput, type CheckOutput } from './check.ts';
export type { Checked, CheckOptions } from './check-scenario.ts';
export { inMemory } from './in-memory.ts';
export { loadFiles, type LoadedFiles } from './load-files.ts';
export { merge } from './merge.ts';
export type { Report } from './report.ts';
export type { RequestRow, StepRow } from './rows.ts';
export { run, type RunInput } from './run.ts';
export type { ScenarioFile } from './scenario-file.ts';
export { selected, type Selection } from './selection.ts';
export { validate } from './validate.ts';
export { describe, describeTrace, type Looking, type WorkloadReport } from './workload.ts';
export { type Files, onThisThread, type Pool, type Task, type World } from './world.ts';
