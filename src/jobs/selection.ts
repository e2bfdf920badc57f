/** What a user changes in a scenario from outside: single values, which schedulers run, and the seed. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { inSetting } from '../scenario/revise.ts';
import type { Scenario, SchedulerSpec } from '../scenario/scenario.ts';
import { parseSetting, type Setting } from '../scenario/setting.ts';
import { choicesHelp } from '../scenario/suggest.ts';
import { policiesWith } from '../schedulers/given.ts';
import { defaultOptions } from '../schedulers/settings.ts';
import type { World } from './world.ts';

export interface Selection {
  /** Values for paths of the scenario, as `PATH=VALUE`. */
  readonly set?: readonly string[] | undefined;
  /** Schedulers of the scenario, or policies; absent: those of the scenario. */
  readonly scheduler?: readonly string[] | undefined;
  readonly seed?: string | undefined;
}

/** @throws FaultError with what is wrong with any of them */
export function readSettings(texts: readonly string[]): Setting[] {
  const faults: Fault<FilePlace>[] = [];
  const settings = texts.flatMap((text) => {
    const read = parseSetting(text);
    if ('value' in read) return [read.value];
    faults.push(inSetting(read.fault, { text }, '--set'));
    return [];
  });
  if (faults.length > 0) throw new FaultError(faults);
  return settings;
}

/**
 * The scenario as the user wants it run.
 *
 * @throws FaultError for a name that is neither a scheduler of the scenario nor a policy
 */
export function selected(scenario: Scenario, { scheduler: names, seed }: Selection, world: Pick<World, 'policies'>): Scenario {
  if (names?.length === 0) throw wrong('--scheduler names no scheduler');
  return {
    ...scenario,
    seed: seed ?? scenario.seed,
    schedulers: names === undefined ? scenario.schedulers : [...new Set(names)].map((name) => schedulerNamed(scenario, name, world)),
  };
}

/** A scheduler of the scenario, else a policy with its default options. */
function schedulerNamed({ schedulers, classes, engine }: Scenario, name: string, world: Pick<World, 'policies'>): SchedulerSpec {
  const own = schedulers.find((scheduler) => scheduler.name === name);
  if (own) return own;
  const policies = policiesWith(world.policies);
  const policy = policies.find((each) => each.name === name);
  if (!policy) {
    const known = new Set([...schedulers, ...policies].map((each) => each.name));
    throw wrong(`--scheduler: there is no ${name}`, choicesHelp(name, [...known], 'known'));
  }
  const options = defaultOptions(policy);
  const [unfit] = options ? policy.faults?.(options as never, { classes, maxBatchSize: engine.maxBatchSize }) ?? [] : [];
  if (options && !unfit) return { policy: name, name, options };
  throw wrong(`policy ${name} cannot do without options here: name it in the scenario's schedulers`, unfit?.help);
}

function wrong(message: string, help?: string): FaultError {
  return new FaultError([{ code: 'input', message, help }]);
}
