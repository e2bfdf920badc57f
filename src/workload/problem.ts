/** What can be wrong with a workload, as data: a place in the scenario, and one in a file where there is one. */

/** The way to a value in the scenario, from its root: `['workload', 0, 'trace', 'file']`. */
export type ScenarioPath = readonly (string | number)[];

export interface Problem {
  readonly path: ScenarioPath;
  readonly message: string;
  /** What to do about it. */
  readonly help?: string | undefined;
  /** A file that is not here, of which the scenario says where it comes from. */
  readonly obtainable?: true;
  /** The data file that is at fault, as the scenario names it; the next three are places in it, from 1. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The line at fault, or the part of a long one around the column. */
  readonly excerpt?: string | undefined;
  /** The column at which the excerpt begins; absent: 1. */
  readonly excerptColumn?: number | undefined;
}

/** The workload cannot be built: every problem that was found, in the order of the scenario. */
export class WorkloadError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('; '));
    this.name = 'WorkloadError';
    this.problems = problems;
  }
}
