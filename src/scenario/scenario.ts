/** A scenario as the rest of the program sees it: validated, with every default filled in. */
import type { EngineOptions } from '../engine/options.ts';
import type { RequestClass } from '../workload/request-table.ts';
import type { SourceSpec } from '../workload/spec.ts';

export interface Scenario {
  readonly version: 1;
  /** Where the file gives none: the name of the file, without folder and extension. */
  readonly name: string;
  readonly description?: string | undefined;
  /** As the loader was told; null for standard input. */
  readonly file: string | null;
  /** Seeds are compared as strings: 42 and "42" are the same. */
  readonly seed: string;
  readonly engine: EngineOptions;
  /** In the order of the file, which is the order of every table. At least one. */
  readonly classes: readonly RequestClass[];
  /** At least one. */
  readonly sources: readonly SourceSpec[];
  /** At least one; no two of one name. */
  readonly schedulers: readonly SchedulerSpec[];
  readonly expect: readonly ExpectationSpec[];
  readonly baseline: BaselineSpec;
}

/** A policy with its options, as one column of the comparison. */
export interface SchedulerSpec {
  readonly policy: string;
  /** Where the file gives none: that of the policy. */
  readonly name: string;
  /** Validated, with defaults. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Something that must hold, not yet parsed. Its place in the file is that of `['expect', index]`. */
export interface ExpectationSpec {
  readonly that: string;
  readonly level: 'error' | 'warn';
}

export interface BaselineSpec {
  /** Beginning of a path -> the change that is let pass, a percentage or an amount: `{ 'latency.p99': '5%' }`. Paths are not checked. */
  readonly tolerance: Readonly<Record<string, string>>;
}
