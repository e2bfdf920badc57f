/** Shortest job first: the request with the fewest predicted output tokens is next. */
import { orderedBy } from './keyed.ts';
import type { PolicyDefinition } from './policy.ts';
import { type Prediction, predicted, predictionOption } from './prediction.ts';
import { lastBy } from './victims.ts';

export const sjf: PolicyDefinition<{ readonly prediction: Prediction }> = {
  name: 'sjf',
  summary: 'shortest job first, by predicted output tokens; nobody is preempted for it',
  advice: {
    choose: 'mean latency matters, lengths are predicted well, and the server does without preemption',
    avoid: 'long answers must not starve: under load they wait until the short ones have gone',
    cost: 'O(log waiting)',
    source: 'Smith 1956; with learned predictions: Fu et al. 2024 (vllm-ltr)',
  },
  options: { prediction: predictionOption },
  make(table, { prediction }, { seed }) {
    const key = predicted(table, prediction, seed);
    return { ...orderedBy(key), victim: lastBy(key) };
  },
};
