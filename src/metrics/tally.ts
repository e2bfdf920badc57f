/** What is counted, not sampled: one pass over the requests for every group of a grouping. */
import type { Micros } from '../core/time.ts';
import { type Outcomes, Status } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Grouping } from './grouping.ts';
import { MARKS } from './sla.ts';

export interface Tally {
  /** Requests by mark (see `sla.ts`). */
  readonly marks: Uint32Array;
  /** Output tokens of the completed requests. */
  readonly outputTokens: number;
  readonly preemptions: number;
  readonly recomputedTokens: number;
  /** Longest queue time, a request never admitted counting to the end of the run; -1 when nobody was queued. */
  readonly longestWait: Micros;
}

/** One tally per group, in the order of the grouping. */
export function tallyGroups(table: RequestTable, outcomes: Outcomes, marks: Uint8Array, grouping: Grouping): Tally[] {
  const end = outcomes.status.includes(Status.unfinished) ? endOfRun(table, outcomes) : 0;
  return grouping.members.map((requests) => tally(table, outcomes, marks, requests, end));
}

function tally(table: RequestTable, outcomes: Outcomes, marks: Uint8Array, requests: Int32Array, end: Micros): Tally {
  const histogram = new Uint32Array(MARKS);
  let outputTokens = 0;
  let preemptions = 0;
  let recomputedTokens = 0;
  let longestWait = -1;
  for (let k = 0; k < requests.length; k++) {
    const i = requests[k]!;
    const status = outcomes.status[i]!;
    histogram[marks[i]!]!++;
    preemptions += outcomes.preemptions[i]!;
    recomputedTokens += outcomes.recomputedTokens[i]!;
    if (status === Status.completed) outputTokens += outcomes.outputTokens[i]!;
    if (status === Status.shed) continue;
    const admitted = outcomes.admitted[i]!;
    const wait = (admitted === admitted ? admitted : end) - table.arrival[i]!;
    if (wait > longestWait) longestWait = wait;
  }
  return { marks: histogram, outputTokens, preemptions, recomputedTokens, longestWait };
}

/** The tally of several groups together. */
export function mergeTallies(parts: readonly Tally[]): Tally {
  const marks = new Uint32Array(MARKS);
  for (const part of parts) {
    for (let mark = 0; mark < MARKS; mark++) marks[mark]! += part.marks[mark]!;
  }
  const total = (count: (part: Tally) => number) => parts.reduce((sum, part) => sum + count(part), 0);
  return {
    marks,
    outputTokens: total((part) => part.outputTokens),
    preemptions: total((part) => part.preemptions),
    recomputedTokens: total((part) => part.recomputedTokens),
    longestWait: parts.reduce((longest, part) => Math.max(longest, part.longestWait), -1),
  };
}

/** The last thing known to have happened: an arrival, an admission, a first token or a finish. */
function endOfRun(table: RequestTable, outcomes: Outcomes): Micros {
  let end = table.count > 0 ? table.arrival[table.count - 1]! : 0;
  for (let i = 0; i < table.count; i++) {
    // A comparison with NaN is false: what never happened is passed over.
    if (outcomes.admitted[i]! > end) end = outcomes.admitted[i]!;
    if (outcomes.firstToken[i]! > end) end = outcomes.firstToken[i]!;
    if (outcomes.finish[i]! > end) end = outcomes.finish[i]!;
  }
  return end;
}
