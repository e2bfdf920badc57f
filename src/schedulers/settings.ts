/** The options that a policy was given, beside those it has of itself. */
import * as v from 'valibot';
import { isDuration } from '../core/options.ts';
import type { PolicyDefinition } from './policy.ts';

/** One option of a policy, as it was set or by default. */
export interface Setting {
  readonly name: string;
  /** Of a duration: microseconds. */
  readonly value: unknown;
  readonly isDuration: boolean;
  readonly isDefault: boolean;
}

/** What the options are when none is given; null when the policy cannot do without some. */
export function defaultOptions({ options }: PolicyDefinition<never>): Readonly<Record<string, unknown>> | null {
  const parsed = v.safeParse(v.strictObject(options), {});
  return parsed.success ? parsed.output : null;
}

/** The options with what is known of each, in their own order. */
export function settingsOf(policy: PolicyDefinition<never>, options: Readonly<Record<string, unknown>>): Setting[] {
  const usual = defaultOptions(policy) ?? {};
  return Object.entries(options).filter(([, value]) => value !== undefined).map(([name, value]) => ({
    name, value,
    isDuration: name in policy.options && isDuration(policy.options[name]!),
    isDefault: JSON.stringify(value) === JSON.stringify(usual[name]),
  }));
}
