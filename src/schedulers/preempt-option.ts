/** The option of policies that preempt when they are told to. */
import * as v from 'valibot';

export const preemptOption = v.pipe(
  v.boolean(),
  v.description('a step goes to the more urgent first: tokens by letting others pause, slots and KV blocks by evicting them'),
);
