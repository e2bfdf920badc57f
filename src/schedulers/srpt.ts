/** Shortest remaining processing time: whoever has the fewest predicted output tokens left runs, the others make room. */
import { orderedBy } from './keyed.ts';
import type { PolicyDefinition, Server } from './policy.ts';
import { type Prediction, predicted, predictionOption } from './prediction.ts';
import { lastBy } from './victims.ts';

export const srpt: PolicyDefinition<{ readonly prediction: Prediction }> = {
  name: 'srpt',
  summary: 'shortest remaining processing time, by predicted output tokens left; preempts',
  advice: {
    choose: 'the least mean latency is wanted, lengths are predicted well, and a preemption costs little',
    avoid: 'KV blocks are short: every preemption is computed again; or long answers must not starve',
    cost: 'O(log waiting), and the order of the batch',
    source: 'Schrage and Miller 1966',
  },
  options: { prediction: predictionOption },
  make(table, { prediction }, { seed }) {
    const tokens = predicted(table, prediction, seed);
    let server: Server;
    // Only that of a running one changes, and it falls: who may not preempt it now may not later either.
    const key = (request: number): number => Math.max(1, tokens(request) - server.generated(request));
    return {
      ...orderedBy(key),
      begin: (given) => void (server = given),
      victim: lastBy(key),
      preemption: { key, mayPreempt: (waiting, running) => key(waiting) < key(running) },
    };
  },
};
