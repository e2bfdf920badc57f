/** How long after its arrival something happened to a request. One to which it never happened has no sample. */
import type { RequestTable } from '../../workload/request-table.ts';
import { sampled } from '../sampled.ts';
import type { Gather } from '../samples.ts';

export const latency = sampled({
  name: 'latency', unit: 'time', summary: 'arrival to last token', samples: ({ table, outcomes }) => waitsUntil(table, outcomes.finish),
});

export const ttft = sampled({
  name: 'ttft', unit: 'time', summary: 'arrival to first token', samples: ({ table, outcomes }) => waitsUntil(table, outcomes.firstToken),
});

export const queueTime = sampled({
  name: 'queueTime', unit: 'time', summary: 'arrival to first admission', samples: ({ table, outcomes }) => waitsUntil(table, outcomes.admitted),
});

function waitsUntil({ arrival }: RequestTable, event: Float64Array): Gather {
  return (of, next, into) => {
    for (let request = 0; request < of.length; request++) {
      const group = of[request]!;
      const at = next[group]!;
      const wait = event[request]! - arrival[request]!;
      // Written in any case and kept if it is a number, NaN being "never happened": a branch less.
      into[at] = wait;
      if (wait === wait) next[group] = at + 1;
    }
  };
}
