/** The one list of policies: a new one is its file and a line here. */
import { aging } from './aging.ts';
import { drr } from './drr.ts';
import { edf } from './edf.ts';
import { fifo } from './fifo.ts';
import { headroom } from './headroom.ts';
import { hrrn } from './hrrn.ts';
import { lcfs } from './lcfs.ts';
import { mlfq } from './mlfq.ts';
import type { PolicyDefinition } from './policy.ts';
import { priority } from './priority.ts';
import { quota } from './quota.ts';
import { sjf } from './sjf.ts';
import { slack } from './slack.ts';
import { srpt } from './srpt.ts';
import { vtc } from './vtc.ts';
import { wrr } from './wrr.ts';

export const POLICIES: readonly PolicyDefinition<never>[] = [
  fifo, priority, aging, edf, slack, sjf, srpt, mlfq, hrrn, lcfs, vtc, drr, wrr, quota, headroom,
];

/** A policy's definition by name. Undefined when there is none. */
export function policyNamed(name: string): PolicyDefinition | undefined {
  return POLICIES.find((policy) => policy.name === name) as PolicyDefinition | undefined;
}
