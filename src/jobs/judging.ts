/** What is wrong with what a scenario says it is to be judged by: known to the gate, and told before anything runs. */
import type { Fault } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import type { ExpectationSource } from '../gate/evaluate.ts';
import { prejudge } from '../gate/prejudge.ts';
import { inOrder } from '../scenario/faults.ts';
import type { JudgingOf, LoadedScenario, RefusedScenario } from '../scenario/load.ts';
import { shownName } from '../scenario/stdin.ts';
import { tolerancesOf } from './check-options.ts';

/** The expectations of a scenario, each in its place. @param path of the scenario's file, as the user named it */
export function expectationsOf(path: string, { judging, locate }: JudgingOf): ExpectationSource[] {
  return judging.expect.map(({ that, level }, index) => {
    const { line, column, sourceLine } = locate(['expect', index, 'that']);
    return { text: that, level, file: shownName(path), line, column, sourceLine };
  });
}

/** An expectation that comes from elsewhere. */
export function fromOutside(text: string): ExpectationSource {
  return { text, level: 'error', file: null, line: null, column: null, sourceLine: null };
}

/** Everything that is wrong with them, and with the tolerances. */
export function judgingFaults(path: string, of: JudgingOf): Fault<FilePlace>[] {
  const { placed, faults } = tolerancesOf(of, []);
  return [...faults, ...prejudge(expectationsOf(path, of), placed, of.judging)];
}

/** What is wrong with a scenario, or hardly meant, and with how it is to be judged: all that can be told without its data, in the order of its file. */
export function faultsAndJudging(path: string, loaded: LoadedScenario | RefusedScenario): Fault<FilePlace>[] {
  const [faults, judged] = 'scenario' in loaded ? [loaded.warnings, loaded] : [loaded.faults, loaded.judged];
  return judged ? inOrder([...faults, ...judgingFaults(path, judged)]) : [...faults];
}
