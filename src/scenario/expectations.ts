/** What a scenario may promise: the shape of it. What expectations and metrics mean is known to the gate. */
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import type { ExpectationSpec } from './scenario.ts';

const that = v.pipe(
  v.string(),
  v.regex(/\S/, 'must not be empty'),
  v.maxLength(1000),
  v.description('[scheduler.][class.]metric[.stat] op value, such as priority.high.latency.p95 < 2s'),
);

const withLevel = v.strictObject({
  that,
  level: v.optional(v.pipe(v.picklist(['error', 'warn']), v.description('warn: told, but does not fail the check')), 'error'),
});

/** `expect:`, each an expression or a map of one and its level. */
export const expectSchema = v.optional(
  v.pipe(
    v.array(choice([that, withLevel], (input) => (isMapping(input) ? withLevel : that))),
    v.description('what must hold, for sched check'),
  ),
  [],
);

const notAmount = 'must be an amount; write a percentage, or a number with its unit, such as 5% or 2ms';

/** `baseline:`, how strictly `sched check` compares with the committed baseline. */
export const baselineSchema = v.optional(
  v.pipe(
    v.strictObject({
      tolerance: v.optional(
        v.pipe(
          v.record(
            v.pipe(v.string(), v.nonEmpty()),
            v.pipe(
              v.string(notAmount),
              v.regex(/^\d+(\.\d+)?\s*(%|pp|us|µs|μs|ms|s|m|h|\/s)?$/i, notAmount),
              v.description('change that is let pass: a percentage of the baseline, or an amount with its unit'),
            ),
          ),
          v.description('figures -> change that is let pass, such as latency.p99: 5% or high: 2ms; all others must be equal'),
        ),
        {},
      ),
    }),
    v.description('how strictly sched check compares with the committed baseline'),
  ),
  {},
);

/** A validated expectation, whichever way it was written. */
export function expectationSpec(expectation: string | ExpectationSpec): ExpectationSpec {
  return typeof expectation === 'string' ? { that: expectation, level: 'error' } : expectation;
}
