/** Lines of `--steps`: what the engine did in one step, as JSONL. */
import { toSeconds } from '../../core/time.ts';
import { jsonLine } from '../text/json-text.ts';

/** One step of one scheduler's run, requests by id, times in microseconds. */
export interface StepLine {
  readonly scheduler: string;
  readonly step: number;
  readonly start: number;
  readonly end: number;
  /** [id, tokens] in scheduling order. */
  readonly scheduled: readonly (readonly [string, number])[];
  readonly preempted: readonly string[];
  readonly sampled: readonly string[];
  readonly finished: readonly string[];
  /** Null without a limited KV cache. */
  readonly freeBlocks: number | null;
}

/** The step as one line of JSON, times in seconds, keys in the order of docs/reference.md. */
export function stepJson({ scheduler, step, start, end, scheduled, preempted, sampled, finished, freeBlocks }: StepLine): string {
  return jsonLine({
    scheduler, step, start: toSeconds(start), end: toSeconds(end), scheduled, preempted, sampled, finished, freeBlocks,
  });
}
