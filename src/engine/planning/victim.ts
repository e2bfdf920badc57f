/** Whom the policy names to give way, made sure of. */
import { type Policy, PolicyError } from '../../schedulers/policy.ts';

/** A position in `running[0..count)`, which is in order of admission. */
export function victimOf(policy: Policy, running: Int32Array, count: number): number {
  const at = policy.victim(running, count);
  if (!(Number.isInteger(at) && at >= 0 && at < count)) throw new PolicyError(`names as victim the one at position ${at} of ${count} that run`);
  return at;
}
