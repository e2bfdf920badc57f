/**
 * Policies that a user brings along, beside those of this project: known together, and refused in plain words where one
 * cannot be used. What they do while they run is looked at by the engine.
 */
import { isMapping } from '../core/choice.ts';
import { codePlace } from '../core/code-place.ts';
import { type Fault, FaultError, refuse } from '../core/fault.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { POLICIES } from './index.ts';
import { type Policy, type PolicyDefinition, PolicyError, type Surroundings } from './policy.ts';

/** What a program or a plugin brings along: none. */
export const NO_POLICIES: readonly PolicyDefinition<never>[] = [];

const known = new WeakMap<readonly PolicyDefinition<never>[], readonly PolicyDefinition<never>[]>();

/**
 * All policies that there are, in the order of lists.
 *
 * @throws FaultError for one that is no policy, or has the name of another
 */
export function policiesWith(given: readonly PolicyDefinition<never>[]): readonly PolicyDefinition<never>[] {
  let all = known.get(given);
  if (!all) {
    refuse(definitionFaults(given));
    all = [...POLICIES, ...given];
    known.set(given, all);
  }
  return all;
}

/** What keeps something from being a list of policies; nothing where it is one. */
export function definitionFaults(given: unknown): Fault[] {
  if (!Array.isArray(given)) return [wrong('policies must be a list of definitions', SHAPE)];
  const names = new Set(POLICIES.map(({ name }) => name));
  return given.flatMap((definition: unknown, index) => {
    const { name, summary, options, make }: { readonly [part in keyof PolicyDefinition]?: unknown } = isMapping(definition) ? definition : {};
    if (typeof name !== 'string' || !NAME.test(name) || name === 'all' || name in Object.prototype) return [wrong(`policies[${index}] has no name that a scenario can give it: a letter, then letters, digits, - or _, and not all`, SHAPE)];
    const isTaken = names.size === names.add(name).size;
    return [
      ...(isTaken ? [wrong(`there is a policy ${name} already`, 'give it a name of its own')] : []),
      ...(typeof summary === 'string' ? [] : [wrong(`the policy ${name} has no summary`, 'one line that sched list shows')]),
      ...(isMapping(options) ? optionFaults(name, options) : [wrong(`the policy ${name} has no options`, 'options: {} where it takes none')]),
      ...(typeof make === 'function' ? [] : [wrong(`the policy ${name} has no make(table, options)`, SHAPE)]),
    ];
  });
}

const NAME = /^[a-z][\w-]{0,63}$/i;
const SHAPE = 'a policy is { name, summary, options: {}, make(table, options) } (docs/extending.md)';

function optionFaults(policy: string, options: Readonly<Record<string, unknown>>): Fault[] {
  return Object.entries(options).flatMap(([name, schema]) => {
    if (name === 'policy' || name === 'name') return [wrong(`the policy ${policy} has an option called ${name}, which every scheduler has`, 'call it something else')];
    // Of whichever copy of the schema library.
    return isMapping(schema) && schema['kind'] === 'schema' && typeof schema['~run'] === 'function' ? [] : [wrong(`the option ${name} of the policy ${policy} is no schema`, 'make it of whole, share, duration and the like')];
  });
}

/** Of the contract, what every policy has. */
const METHODS = ['arrive', 'next', 'admitted', 'preempted', 'withdrawn', 'victim'] as const;

/**
 * Runs something under a policy. What goes wrong in one that was given is for whoever wrote it.
 *
 * @throws FaultError
 */
export function underPolicy<Result>(definition: PolicyDefinition<never>, table: RequestTable, options: unknown, surroundings: Surroundings, work: (policy: Policy) => Result): Result {
  if (POLICIES.includes(definition)) return work(definition.make(table, options as never, surroundings));
  const { name } = definition;
  try {
    const policy = definition.make(table, options as never, surroundings) as Policy | undefined;
    const missing = METHODS.filter((method) => typeof policy?.[method] !== 'function');
    if (missing.length > 0) throw new FaultError([wrong(`the policy ${name} has no ${missing.map((method) => `${method}()`).join(', ')}`, 'orderedBy(key) makes all of them but victim')]);
    return work(policy!);
  } catch (error) {
    // What has a name of its own says itself what it is: the limits of the engine, a fault of the user.
    if (error instanceof FaultError || (error instanceof Error && error.name === 'WorkLimitError')) throw error;
    throw new FaultError([failed(name, error)]);
  }
}

function failed(name: string, error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  // The engine has said whose it is.
  if (error instanceof PolicyError && message.startsWith('the policy ')) return wrong(message);
  const place = codePlace(error);
  return wrong(`the policy ${name} fails${place === undefined ? '' : ` at ${place}`}: ${message}`);
}

function wrong(message: string, help?: string): Fault {
  return { code: 'policy', message, help };
}
