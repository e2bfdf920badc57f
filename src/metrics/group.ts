/** The summary of one group of requests, put together from what was counted and what was sampled. */
import { Status } from '../engine/outcomes.ts';
import type { Sampled } from './sampled.ts';
import { countMarks, slaSummary, statusOf } from './sla.ts';
import type { Distribution, GroupSummary } from './summary.ts';
import type { Tally } from './tally.ts';

/** @param makespan of the whole run, microseconds: rates of every group are per second of it */
export function groupSummary(
  tally: Tally,
  sampled: Sampled,
  itl: Distribution | null,
  makespan: number,
): GroupSummary {
  const withStatus = (status: number) => countMarks(tally.marks, (mark) => statusOf(mark) === status);
  const perSecond = (amount: number) => (makespan > 0 ? amount / (makespan / 1e6) : null);
  const completed = withStatus(Status.completed);
  const sla = slaSummary(tally.marks);
  return {
    offered: countMarks(tally.marks, () => true),
    completed,
    shed: withStatus(Status.shed),
    unfinished: withStatus(Status.unfinished),
    latency: sampled.latency,
    ttft: sampled.ttft,
    tpot: sampled.tpot,
    itl,
    queueTime: sampled.queueTime,
    slowdown: sampled.slowdown,
    sla,
    goodput: sla.withTarget > 0 ? perSecond(sla.met) : null,
    throughput: perSecond(completed),
    tokenThroughput: perSecond(tally.outputTokens),
    preemptions: tally.preemptions,
    recomputedTokens: tally.recomputedTokens,
    longestWait: tally.longestWait >= 0 ? tally.longestWait : null,
  };
}
