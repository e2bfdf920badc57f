/** What a scenario may say about the schedulers it compares: policies by name, or with options. */
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import { policiesWith } from '../schedulers/given.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { nameSchema } from './names.ts';
import type { SchedulerSpec } from './scenario.ts';

interface WithOptions {
  readonly policy: string;
  readonly name?: string | undefined;
  readonly [option: string]: unknown;
}

const name = v.optional(nameSchema('what it is called in tables and expectations; default: the policy'));

/** `schedulers:`, each a name or a map with the options of its policy. @param given policies beside those of this project */
export function schedulersSchema(given: readonly PolicyDefinition<never>[]) {
  const policies = policiesWith(given);
  const [first, ...rest] = policies.map(({ name: policy, summary, options }) =>
    v.strictObject({ policy: v.pipe(v.literal(policy), v.description(summary)), name, ...options }));
  const withOptions = v.variant('policy', [first!, ...rest]);
  const policyName = v.pipe(v.picklist(policies.map((policy) => policy.name)), v.description('a policy with its default options'));
  // A bare name still passes through the options' schema, which fills in their defaults.
  const byName = v.pipe(policyName, v.transform((policy) => ({ policy })), withOptions);
  return v.optional(
    v.pipe(
      v.array(choice([byName, withOptions], (input) => (isMapping(input) ? withOptions : byName))),
      v.minLength(1, 'needs at least one scheduler'),
      v.maxLength(64),
      v.description('the policies to compare, in order; each is a name, or a map with its options'),
    ),
    ['fifo', 'priority'],
  );
}

/** A validated scheduler, its own fields apart from the options of its policy. */
export function schedulerSpec({ policy, name: given, ...options }: WithOptions): SchedulerSpec {
  return { policy, name: given ?? policy, options };
}
