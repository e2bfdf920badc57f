/** What the command line changes in a scenario: which schedulers run, and the seed. */
import type { FaultError } from '../core/fault.ts';
import type { Scenario, SchedulerSpec } from '../scenario/scenario.ts';
import { choicesHelp } from '../scenario/suggest.ts';
import { POLICIES, policyNamed } from '../schedulers/index.ts';
import { inputError } from './exit.ts';
import { defaultOptions } from './policy-options.ts';
import type { SelectionOptions } from './shared-options.ts';

/**
 * The scenario as the user wants it run.
 *
 * @throws FaultError for a name that is neither a scheduler of the scenario nor a policy
 */
export function selected(scenario: Scenario, { scheduler: names, seed }: SelectionOptions): Scenario {
  if (names?.length === 0) throw inputError('--scheduler names no scheduler');
  return {
    ...scenario,
    seed: seed ?? scenario.seed,
    schedulers: names === undefined ? scenario.schedulers : [...new Set(names)].map((name) => schedulerNamed(scenario, name)),
  };
}

/** A scheduler of the scenario, else a policy with its default options. */
function schedulerNamed(scenario: Scenario, name: string): SchedulerSpec {
  const own = scenario.schedulers.find((scheduler) => scheduler.name === name);
  if (own) return own;
  const policy = policyNamed(name);
  if (!policy) throw unknown(name, [...new Set([...scenario.schedulers.map((scheduler) => scheduler.name), ...POLICIES.map((each) => each.name)])]);
  const options = defaultOptions(policy);
  if (options) return { policy: name, name, options };
  throw inputError(`policy ${name} has options without a default: name it in the scenario's schedulers`);
}

function unknown(name: string, known: readonly string[]): FaultError {
  return inputError(`--scheduler: there is no ${name}`, choicesHelp(name, known, 'known'));
}
