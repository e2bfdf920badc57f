/** Replications of a scenario until every expectation is decided, or there are as many as there may be. */
import { looksOf, type Looks } from '../experiments/looks.ts';
import { seedsOf } from '../experiments/replications.ts';
import { askedFor } from '../gate/asked.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { NameTree } from '../gate/names.ts';
import { judgeReplications } from '../gate/slack.ts';
import type { Subject } from '../gate/subject.ts';
import type { Wanted } from '../run.ts';
import { type Replication, replicationsOf } from './replicate.ts';
import type { ScenarioFile } from './scenario-file.ts';
import type { World } from './world.ts';

/** What replications have to have for the expectations on them. */
export function wantedFor(expectations: readonly Pick<ExpectationSource, 'text'>[]): Wanted {
  const { percentiles, offeredLoad } = askedFor(expectations.map(({ text }) => text));
  return { percentiles, offeredLoad: offeredLoad ? 'always' : undefined };
}

/**
 * @param first the first replication, where it is there already
 * @throws FaultError with what is wrong with the workload
 */
export async function untilDecided(
  loaded: ScenarioFile, expectations: readonly ExpectationSource[], looks: Looks, world: World, { first, wanted = wantedFor(expectations) }: { first?: Replication; wanted?: Wanted } = {},
): Promise<readonly Replication[]> {
  const replications: Replication[] = first ? [first] : [];
  for (const count of looksOf(looks)) {
    const seeds = seedsOf(loaded.scenario.seed, count - replications.length, replications.length + 1);
    replications.push(...await replicationsOf(loaded, seeds, wanted, world));
    if (expectations.length > 0 && isDecided(loaded, expectations, replications)) break;
  }
  return replications;
}

function isDecided(loaded: ScenarioFile, expectations: readonly ExpectationSource[], replications: readonly Replication[]): boolean {
  const subjects = replications.map((replication) => subjectOf(loaded, replication));
  const tree = new NameTree(subjects[0]!.names);
  return expectations.every((source) => judgeReplications(source, subjects, tree).judgements.every(({ replications: judged }) => judged?.decision !== 'undecided'));
}

/** A replication as the gate judges it. */
export function subjectOf({ scenario: { schedulers, classes } }: Pick<ScenarioFile, 'scenario'>, { runs, tenants }: Pick<Replication, 'runs' | 'tenants'>): Subject {
  return {
    runs: runs.map((run) => ({ ...run, outcomeDigest: run.outcomeDigest ?? '' })),
    names: { schedulers: schedulers.map(({ name }) => name), classes: classes.map(({ name }) => name), tenants },
  };
}
