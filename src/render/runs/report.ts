/** What the renderers render: one scenario's runs, without the requests themselves. */
import type { RunSummary } from '../../metrics/summary.ts';
import type { ScenarioRun } from '../../run.ts';

export interface RunReport {
  readonly scheduler: string;
  readonly policy: string;
  /** With defaults; durations in seconds. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What differs from the policy's defaults, in words: `preempt`, `patience 30 s`. */
  readonly settings: readonly string[];
  readonly summary: RunSummary;
  /** Null where nobody asked for it: it takes time on millions of requests. */
  readonly outcomeDigest: string | null;
  /** The first run with the same outcome of every request. */
  readonly sameScheduleAs?: string | undefined;
}

export interface Report {
  readonly name: string;
  /** As given on the command line; null for a scenario that came from no file. */
  readonly file: string | null;
  readonly seed: string;
  readonly requests: number;
  /** Digest of the workload, null where nobody asked for it. */
  readonly digest: string | null;
  readonly engine: ScenarioRun['scenario']['engine'];
  /** What became of the rows of each source. */
  readonly sources: ScenarioRun['workload']['reports'];
  /** Class names in the scenario's order, which is the order of every table. */
  readonly classes: readonly string[];
  /** Tenant names in order of first mention. */
  readonly tenants: readonly string[];
  readonly runs: readonly RunReport[];
}
