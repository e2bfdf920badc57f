/** Time per output token. */
import type { Outcomes } from '../../engine/outcomes.ts';
import { sampled } from '../sampled.ts';
import type { Gather } from '../samples.ts';
import { timePerOutputToken } from '../time-per-output-token.ts';

export const tpot = sampled({
  name: 'tpot', unit: 'time', summary: '(last token - first token) / (output tokens - 1); none for one token',
  absent: 'completed with more than one output token',
  samples: ({ outcomes }) => timesPerOutputToken(outcomes),
});

function timesPerOutputToken({ outputTokens, firstToken, finish }: Outcomes): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const group = of[request]!;
      const at = next[group]!;
      const time = timePerOutputToken(firstToken[request]!, finish[request]!, outputTokens[request]!);
      // As with the waits: a branch less.
      into[at] = time;
      if (time === time) next[group] = at + 1;
    }
  };
}
