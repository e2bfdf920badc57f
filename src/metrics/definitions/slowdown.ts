/** How much longer a request took than it would have alone. */
import { sampled } from '../sampled.ts';
import type { Gather } from '../samples.ts';
import type { RunView } from '../view.ts';

export const slowdown = sampled({
  name: 'slowdown', unit: 'ratio', summary: 'latency over the latency of the same request alone on the empty engine',
  absent: 'completed on an engine whose steps take time',
  samples: slowdowns,
});

function slowdowns({ table: { arrival }, outcomes: { finish }, aloneOf }: RunView): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const latency = finish[request]! - arrival[request]!;
      if (latency !== latency) continue;
      const alone = aloneOf(request);
      // An engine whose steps take no time has no slowdown to speak of.
      if (alone > 0) into[next[of[request]!]!++] = latency / alone;
    }
  };
}
