/** How many output tokens a request is thought to ask for: nobody knows before it has ended. */
import { randomNormal } from 'd3-random';
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import { number, whole } from '../core/options.ts';
import { randomStream } from '../core/random.ts';
import { type RequestTable, requestId } from '../workload/request-table.ts';

export type Prediction = 'exact' | { readonly constant: number } | { readonly buckets: readonly number[] } | { readonly error: number };

const exact = v.literal('exact');
const constant = v.strictObject({ constant: whole('the same for all', 1, 1e9) });
const buckets = v.strictObject({
  buckets: v.pipe(
    v.array(whole('upper end of a bucket', 1, 1e9)),
    v.minLength(1),
    v.maxLength(1000),
    v.check((ends) => ends.every((end, i) => i === 0 || end > ends[i - 1]!), 'must ascend'),
    v.description('the least of these that is not below the length; beyond the last: twice the last'),
  ),
});
const error = v.strictObject({ error: number('standard deviation of the logarithm of a lognormal factor of its own for each request', 0, 10) });

export const predictionOption = v.optional(
  v.pipe(
    choice([exact, constant, buckets, error], (input) => {
      if (!isMapping(input)) return exact;
      return 'constant' in input ? constant : 'buckets' in input ? buckets : 'error' in input ? error : 'must be exact, { constant: 100 }, { buckets: [16, 64, 256] } or { error: 0.5 }';
    }),
    v.description('what is known of the output tokens of a request: exact, { constant: n }, { buckets: [n, …] }, { error: sigma }'),
  ),
  'exact',
);

/** Predicted output tokens by request, at least 1: the same for every scheduler. */
export function predicted(table: RequestTable, prediction: Prediction, seed: string): (request: number) => number {
  const { outputTokens } = table;
  if (prediction === 'exact') return (request) => outputTokens[request]!;
  if ('constant' in prediction) return () => prediction.constant;
  if ('buckets' in prediction) {
    const { buckets: ends } = prediction;
    return (request) => ends.find((end) => end >= outputTokens[request]!) ?? 2 * ends.at(-1)!;
  }
  const known = new Float64Array(table.count);
  return (request) => (known[request] ||= withError(outputTokens[request]!, prediction.error, seed, requestId(table, request)));
}

function withError(tokens: number, sigma: number, seed: string, id: string): number {
  const z = randomNormal.source(randomStream(seed, 'scheduler-independent', 'prediction', id))(0, 1)();
  return Math.max(1, Math.round(tokens * Math.exp(sigma * z)));
}
