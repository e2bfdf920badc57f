/**
 * What a check found, as plain JSON: what `sched check --format json` writes, `sched merge` reads, a worker
 * hands back and every reporter renders. The schema is the format; the types follow from it.
 *
 * Values are as in the result files: times in seconds, shares 0 to 1, null = not defined.
 */
import * as v from 'valibot';
import type { Fault } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';

const value = v.nullable(v.number());
const text = v.nullable(v.string());
const place = v.pipe(v.number(), v.integer(), v.minValue(1));
const ordinal = v.nullable(place);
const unit = v.picklist(['time', 'share', 'rate', 'count', 'ratio', 'cost']);

/** Something wrong with the input: a scenario's own, an expectation that cannot be read, a bad baseline. */
const faultSchema: v.GenericSchema<unknown, Fault<FilePlace>> = v.strictObject({
  code: v.string(),
  message: v.string(),
  help: v.exactOptional(v.string()),
  file: v.string(),
  severity: v.exactOptional(v.literal('warning')),
  line: v.exactOptional(place),
  column: v.exactOptional(place),
  length: v.exactOptional(place),
  sourceLine: v.exactOptional(v.string()),
  sourceColumn: v.exactOptional(place),
});

/** A figure beside the one that was judged: another statistic of it, or the same of another scheduler or class. */
const neighbourSchema = v.strictObject({ kind: v.picklist(['statistic', 'scheduler', 'group']), name: v.string(), value });

/** What an expectation says of one scheduler. */
const judgementSchema = v.strictObject({
  scheduler: v.string(),
  /** Null: undecidable, or undecided after so many replications. */
  holds: v.nullable(v.boolean()),
  /** The figure judged, spelled out: `priority.high.latency.p95`. */
  path: v.string(),
  unit,
  found: value,
  /** The bound, computed where it is an expression. */
  expected: value,
  /** The figure that it is held against, where it is one. */
  against: text,
  /** Why it cannot be decided. */
  why: text,
  /** Only where it does not hold. */
  around: v.array(neighbourSchema),
  /** Over replications: the figures above are means, and this is what was judged. */
  replications: v.exactOptional(v.strictObject({
    decision: v.picklist(['holds', 'broken', 'undecided']),
    n: place,
    confidence: v.number(),
    /** Mean over the replications of how far each is on the right side; half its confidence interval. */
    slack: v.number(),
    halfWidth: value,
    /** Replications in which it did not hold. */
    broken: v.number(),
  })),
});

export const EXPECTATION_STATUSES = ['passed', 'warned', 'undecided', 'failed', 'undecidable', 'invalid'] as const;

const expectationSchema = v.strictObject({
  text: v.string(),
  level: v.picklist(['error', 'warn']),
  /** Null: from the command line. */
  file: text,
  line: ordinal,
  column: ordinal,
  status: v.picklist(EXPECTATION_STATUSES),
  /** The comparison and its tolerance, as written: `<`, `== … ± 1%`. */
  operator: text,
  tolerance: text,
  /** One per scheduler that it is about. */
  judgements: v.array(judgementSchema),
  problem: v.nullable(faultSchema),
});

const changeSchema = v.strictObject({
  /** `priority.high.latency.p95` */
  path: v.string(),
  scheduler: v.string(),
  /** As in the path: `all`, `high`, `tenant:acme`; null for a figure of the whole run. */
  group: text,
  metric: v.string(),
  unit,
  baseline: value,
  now: value,
  /** As a share of the baseline's value; null where that is 0 or one is not defined. */
  relative: value,
  effect: v.picklist(['better', 'worse', 'same', 'different']),
  /** The tolerance that applies, as written. */
  tolerance: text,
  within: v.boolean(),
});

/** A scheduler, class, tenant or metric that only one side has. */
const presenceSchema = v.strictObject({
  kind: v.picklist(['scheduler', 'class', 'tenant', 'metric']),
  name: v.string(),
  /** How many figures that concerns. */
  figures: v.number(),
});

/** What differs from when the baseline was written, beside the outcome; outcome: nothing else does. */
const causeSchema = v.strictObject({ what: v.picklist(['workload', 'scenario', 'sched', 'outcome']), baseline: text, now: text });

export const BASELINE_STATUSES = ['none', 'missing', 'same', 'within', 'drifted', 'invalid', 'created', 'updated', 'unchanged'] as const;

const baselineSchema = v.strictObject({
  /**
   * none: it can have none (standard input). missing: there is no file. same: nothing changed. within: changes,
   * all within their tolerance. created, updated, unchanged: with --update.
   */
  status: v.picklist(BASELINE_STATUSES),
  file: text,
  /** Schedulers whose outcome is another for at least one request. */
  outcomes: v.array(v.string()),
  /** Schedulers under which every request fares as in the baseline. */
  unchanged: v.array(v.string()),
  causes: v.array(causeSchema),
  changes: v.array(changeSchema),
  added: v.array(presenceSchema),
  removed: v.array(presenceSchema),
  problem: v.nullable(faultSchema),
});

/** From good to bad. skipped: its data is not here. empty: there was nothing to judge, which is no pass. */
export const VERDICTS = ['skipped', 'passed', 'warned', 'failed', 'empty', 'invalid', 'crashed'] as const;

const resultSchema = v.strictObject({
  file: v.string(),
  /** Null when the scenario could not be read. */
  name: text,
  verdict: v.picklist(VERDICTS),
  exitCode: v.picklist([0, 1, 2, 70]),
  expectations: v.array(expectationSchema),
  baseline: baselineSchema,
  /** What is wrong with the scenario or the options, and what the scenario hardly means (`severity: warning`). */
  problems: v.array(faultSchema),
});

/** Everything that one call of `sched check` found, in order of the files' paths. */
export const checkReportSchema = v.strictObject({
  schemaVersion: v.literal(1),
  kind: v.literal('check'),
  sched: v.string(),
  /** Which part of the files this is, when it is a part. */
  shard: v.nullable(v.strictObject({ index: place, of: place })),
  verdict: v.picklist(VERDICTS),
  exitCode: v.picklist([0, 1, 2, 70]),
  /** Scenarios left out because an earlier one failed (`--bail`). */
  notRun: v.array(v.string()),
  results: v.array(resultSchema),
});

export type Neighbour = v.InferOutput<typeof neighbourSchema>;
export type Judgement = v.InferOutput<typeof judgementSchema>;
export type ExpectationResult = v.InferOutput<typeof expectationSchema>;
export type BaselineChange = v.InferOutput<typeof changeSchema>;
export type Presence = v.InferOutput<typeof presenceSchema>;
export type Cause = v.InferOutput<typeof causeSchema>;
export type BaselineResult = v.InferOutput<typeof baselineSchema>;
export type CheckResult = v.InferOutput<typeof resultSchema>;
export type CheckReport = v.InferOutput<typeof checkReportSchema>;
export type Verdict = CheckResult['verdict'];
export type CheckExitCode = CheckResult['exitCode'];
