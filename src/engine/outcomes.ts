/**
 * What one run of the engine leaves behind: a row per request, and what only the engine saw on the way.
 */
import type { Micros } from '../core/time.ts';

/** Values of `Outcomes.status`. */
export const Status = { completed: 0, shed: 1, unfinished: 2 } as const;

/** Names by value of `Outcomes.status`. */
export const STATUS_NAMES = ['completed', 'shed', 'unfinished'] as const;

/** A sorted sample with counts: `values[i]` (microseconds, ascending) was seen `counts[i]` times. */
export interface WeightedSample {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Inter-token gaps of the requests of one class (and of one tenant, where tenants are few enough to keep apart). */
export interface GapSeries extends WeightedSample {
  readonly class: number;
  /** Index of the tenant, or -1 when the series spans all tenants. */
  readonly tenant: number;
}

/**
 * Service given while a fixed set of classes had requests waiting. Service is counted as the paper on
 * virtual token counters does: 1 for a prompt token (at first admission), 2 for an output token.
 */
export interface ContendedService {
  /** Indices of the classes that had requests waiting. At least two. */
  readonly waiting: readonly number[];
  readonly time: Micros;
  /** Service per class in that time. */
  readonly service: Float64Array;
}

/** What became of each request, by row. */
export interface RequestOutcomes {
  /** Output tokens emitted by a request that completes: as asked for, unless it ended at maxModelLength. */
  readonly outputTokens: Uint32Array;
  readonly status: Uint8Array;
  /** Why a request was shed: an index into `shedReasons`, 0 where it was not. */
  readonly shedReason: Uint8Array;
  /** The reasons of the engine, whether anybody was shed for them or not, and those that the policy named. The first is ''. */
  readonly shedReasons: readonly string[];
  /** How many completed: where all did, `status` and `shedReason` are all 0 and memory that nobody needs to touch. */
  readonly completed: number;
  /** First admission into the batch; NaN when it never was. Microseconds, as are the next two. */
  readonly admitted: Float64Array;
  /** End of the step that emitted the first token; NaN when none was. */
  readonly firstToken: Float64Array;
  /** End of the step that emitted the last token; NaN when it was not. */
  readonly finish: Float64Array;
  /** Times it was put back from running to waiting. */
  readonly preemptions: Uint32Array;
  /** Tokens whose KV was computed again after a preemption. */
  readonly recomputedTokens: Uint32Array;
  /** Whether anybody was: if not, both are all 0 and memory that nobody needs to touch. */
  readonly preempted: boolean;
}

export interface Outcomes extends RequestOutcomes {
  readonly steps: number;
  /** Time in which a step ran, and the integral of batch size over it (request-microseconds). */
  readonly busyTime: Micros;
  readonly batchTime: number;
  readonly peakWaiting: number;
  /** Null without a limited KV cache. */
  readonly peakKvBlocks: number | null;
  readonly gaps: readonly GapSeries[];
  /** Null where so many sets of classes waited together that they were not kept. */
  readonly contended: readonly ContendedService[] | null;
  /**
   * Largest difference in service per unit of weight between two classes over a stretch in which both had
   * requests waiting; null when no two ever did (or there are too many classes to keep pairs).
   */
  readonly maxServiceDifference: number | null;
}

/** One engine step, for `--steps` and for holding the engine against others. Rows are request indices. */
export interface StepRecord {
  readonly step: number;
  readonly start: Micros;
  readonly end: Micros;
  /** [request, tokens] in scheduling order. */
  readonly scheduled: readonly (readonly [number, number])[];
  readonly preempted: readonly number[];
  readonly sampled: readonly number[];
  readonly finished: readonly number[];
  /** Right after scheduling; null without a limited KV cache. */
  readonly freeBlocks: number | null;
}

/** Called once per step, in order; having one makes the engine take every step singly. */
export type StepObserver = (step: StepRecord) => void;
