/**
 * The shape of a run's summary. Times are in microseconds (they may be fractional: a mean, a TPOT), shares
 * are 0 to 1, rates are per second; null means "not defined": no sample, or too few for a percentile.
 */

/**
 * Nearest-rank percentiles of exact values; a percentile needs at least 100 / (100 - p) samples. `stddev` is that
 * of the population (divisor n): it describes these requests, and estimates nothing.
 */
export interface Distribution {
  readonly mean: number | null;
  readonly stddev: number | null;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface SlaSummary {
  /** Offered requests that have at least one target. */
  readonly withTarget: number;
  readonly met: number;
  /** met / withTarget: shed and unfinished requests have missed. */
  readonly attainment: number | null;
  /** met / those of withTarget that completed. */
  readonly attainmentCompleted: number | null;
  /** Share of the offered requests that have this target and met it. */
  readonly byTarget: { readonly latency: number | null; readonly ttft: number | null; readonly tpot: number | null };
}

/** One group of requests: all, a class, or a tenant. */
export interface GroupSummary {
  readonly offered: number;
  readonly completed: number;
  readonly shed: number;
  readonly unfinished: number;
  readonly latency: Distribution;
  readonly ttft: Distribution;
  readonly tpot: Distribution;
  /** Pooled over the gaps of all tokens; null for a tenant when there are too many tenants to keep apart. */
  readonly itl: Distribution | null;
  readonly queueTime: Distribution;
  /** Latency over the latency of the same request alone on the empty engine. */
  readonly slowdown: Distribution;
  readonly sla: SlaSummary;
  /** Requests that have targets and met all of them, per second of makespan; null when none has a target. */
  readonly goodput: number | null;
  /** Completed requests per second of makespan, and their output tokens. */
  readonly throughput: number | null;
  readonly tokenThroughput: number | null;
  readonly preemptions: number;
  readonly recomputedTokens: number;
  /** Longest queue time, counting requests that were never admitted up to the end of the run. */
  readonly longestWait: number | null;
}

export interface FairnessSummary {
  /** Jain's index over 1 / mean slowdown of the classes. */
  readonly jain: number | null;
  readonly jainTenants: number | null;
  /** Share of the service given while at least two classes had requests waiting. */
  readonly contendedShare: Readonly<Record<string, number | null>>;
  /** The weighted max-min fair share of that same service. */
  readonly fairShare: Readonly<Record<string, number | null>>;
  readonly maxServiceDifference: number | null;
}

export interface EngineSummary {
  /** Time average of the batch size while a step runs. */
  readonly meanBatch: number | null;
  /** Share of the makespan in which a step ran. */
  readonly utilization: number | null;
  readonly peakWaiting: number;
  readonly peakKvBlocks: number | null;
  /**
   * Output tokens offered per second between first and last arrival (not counting shed requests), over what the
   * engine emitted per second while requests waited. Above 1 the queue grows whatever the order. Null when
   * nothing ever waited, or all arrived at once.
   */
  readonly offeredLoad: number | null;
}

export interface RunSummary {
  /** First arrival to last finish, microseconds. */
  readonly makespan: number;
  readonly steps: number;
  readonly all: GroupSummary;
  readonly classes: Readonly<Record<string, GroupSummary>>;
  readonly tenants: Readonly<Record<string, GroupSummary>>;
  readonly fairness: FairnessSummary;
  readonly engine: EngineSummary;
  /** Shed requests by reason; only reasons that occurred. */
  readonly shedReasons: Readonly<Record<string, number>>;
}
