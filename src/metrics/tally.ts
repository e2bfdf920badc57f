/** What is counted, not sampled: one pass over the requests for every group of a grouping. */
import type { Micros } from '../core/time.ts';
import { type Outcomes, Status } from '../engine/outcomes.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Grouping } from './grouping.ts';
import { MARKS, markOf, statusOf } from './marks.ts';

export interface Tally {
  /** Requests by mark (see `marks.ts`). */
  readonly marks: Uint32Array;
  /** Output tokens of the completed requests. */
  readonly outputTokens: number;
  /** Longest queue time, a request never admitted counting to the end of the run; -1 when nobody was queued. */
  readonly longestWait: Micros;
}

/** One tally per group, in the order of the grouping. */
export function tallyGroups(table: RequestTable, outcomes: Outcomes, { of, sizes }: Grouping): Tally[] {
  const markedAs = markOf(table, outcomes);
  const marks = new Uint32Array(sizes.length * MARKS);
  const outputTokens = new Float64Array(sizes.length);
  const longestWait = new Float64Array(sizes.length).fill(-1);
  const end = outcomes.completed < table.count && outcomes.status.includes(Status.unfinished) ? endOfRun(table, outcomes) : 0;
  for (let i = 0; i < table.count; i++) {
    const group = of[i]!;
    const mark = markedAs(i);
    marks[group * MARKS + mark]!++;
    const status = statusOf(mark);
    if (status === Status.completed) outputTokens[group]! += outcomes.outputTokens[i]!;
    if (status === Status.shed) continue;
    const admitted = outcomes.admitted[i]!;
    const wait = (admitted === admitted ? admitted : end) - table.arrival[i]!;
    if (wait > longestWait[group]!) longestWait[group] = wait;
  }
  return Array.from(sizes, (_, group) => ({
    marks: marks.subarray(group * MARKS, (group + 1) * MARKS), outputTokens: outputTokens[group]!, longestWait: longestWait[group]!,
  }));
}

/** The tally of several groups together. */
export function mergeTallies(parts: readonly Tally[]): Tally {
  const marks = new Uint32Array(MARKS);
  for (const part of parts) {
    for (let mark = 0; mark < MARKS; mark++) marks[mark]! += part.marks[mark]!;
  }
  return {
    marks,
    outputTokens: parts.reduce((sum, part) => sum + part.outputTokens, 0),
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
