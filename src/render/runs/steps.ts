/** Lines of `--steps`: what the engine did in one step, as JSONL. */
import { toSeconds } from '../../core/time.ts';
import type { StepRow } from '../../jobs/rows.ts';
import { jsonLine } from '../text/json-text.ts';

/** The step as one line of JSON, times in seconds, keys in the order of docs/reference.md. */
export function stepJson({ scheduler, step, start, end, scheduled, preempted, sampled, finished, freeBlocks }: StepRow): string {
  return jsonLine({
    scheduler, step, start: toSeconds(start), end: toSeconds(end), scheduled, preempted, sampled, finished, freeBlocks,
  });
}
