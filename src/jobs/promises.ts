/** What a scenario is asked to keep where loads or settings are searched for: expectations from outside, or the targets of its classes. */
import { refuse } from '../core/fault.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { nameText } from '../gate/expectation.ts';
import { type NamedSchedulers, schedulersNamed } from '../gate/named.ts';
import { NameTree } from '../gate/names.ts';
import { prejudge } from '../gate/prejudge.ts';
import { fromOutside } from './judging.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** The share of a class's requests that is to meet its targets, where nobody says. */
const ATTAINMENT = '99%';

export interface Promised extends NamedSchedulers {
  readonly source: ExpectationSource;
  /** In a few words: a class, or the expectation. */
  readonly label: string;
}

/**
 * @param texts expectations; none: that 99 % of the requests of each class with a target meet it
 * @throws FaultError with what is wrong with them, or where there is nothing to keep
 */
export function promisesOf({ scenario: { classes }, judging, path }: ScenarioFile, texts: readonly string[]): Promised[] {
  const asked = texts.length > 0
    ? texts.map((text) => ({ source: fromOutside(text), label: text }))
    : classes.filter(({ sla }) => Object.values(sla).some((target) => target !== undefined))
      .map(({ name }) => ({ source: fromOutside(`${nameText(name)}.sla.attainment >= ${ATTAINMENT}`), label: name }));
  if (asked.length === 0) {
    refuse([{ code: 'nothing-promised', message: `${path}: no class has a target, so nothing can break`, help: "say what is to hold: --for 'all.latency.p95 <= 5s', or give the classes an sla" }]);
  }
  refuse(prejudge(asked.map(({ source }) => source), [], judging).map((fault) => ({ ...fault, file: '--for' })));
  const tree = new NameTree(judging);
  return asked.map((each) => ({ ...each, ...schedulersNamed(each.source.text, tree)! }));
}
