/** Which promises replications keep, break or leave undecided. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { Decision } from '../experiments/capacity.ts';
import { CONFIDENCE } from '../experiments/replications.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { NameTree } from '../gate/names.ts';
import { judgeReplications } from '../gate/slack.ts';
import type { Subject } from '../gate/subject.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { subjectOf } from './judge.ts';
import type { Promised } from './promises.ts';
import type { Replication } from './replicate.ts';

/** Labels of the promises, by what replications say of them. */
export type Decisions = Readonly<Record<Decision, readonly string[]>>;

/** @throws FaultError for a promise that cannot be judged */
export function decisionsOf(promises: readonly Promised[], scheduler: string, scenario: Scenario, replications: readonly Replication[]): Decisions {
  const subjects = replications.map((each) => subjectOf({ scenario }, each));
  const tree = new NameTree(subjects[0]!.names);
  const labels: Record<Decision, string[]> = { holds: [], broken: [], undecided: [] };
  for (const { source, label } of promises) labels[decisionOf(source, scheduler, subjects, tree)].push(label);
  return labels;
}

function decisionOf(source: ExpectationSource, scheduler: string, subjects: readonly Subject[], tree: NameTree): Decision {
  const { judgements, problem } = judgeReplications(source, subjects, tree, CONFIDENCE);
  if (problem) throw new FaultError([{ ...problem, file: '--for' } as Fault]);
  const { replications, why } = judgements.find((each) => each.scheduler === scheduler)!;
  if (!replications) throw new FaultError([{ code: 'undecidable', message: `${source.text} cannot be judged: ${why ?? ''}`, help: 'more requests, a longer window, or another figure' }]);
  return replications.decision;
}
