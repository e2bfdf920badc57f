/** Options of a policy as results carry them, and as people read them. */
import * as v from 'valibot';
import { toSeconds } from '../core/time.ts';
import { shortDuration } from '../render/text/durations.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { optionFacts } from './option-facts.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the options are when none is given; null when the policy cannot do without some. */
export function defaultOptions(policy: PolicyDefinition): Options | null {
  const parsed = v.safeParse(v.strictObject(policy.options), {});
  return parsed.success ? parsed.output : null;
}

/** The options with durations in seconds, as every file carries them. */
export function optionsInSeconds(policy: PolicyDefinition, options: Options): Options {
  const durations = durationNames(policy);
  return Object.fromEntries(Object.entries(options).map(([name, value]) =>
    [name, durations.has(name) && typeof value === 'number' ? toSeconds(value) : value]));
}

/** What differs from the defaults, in words: `preempt`, `minGap 1`. */
export function settings(policy: PolicyDefinition, options: Options): string[] {
  const usual = defaultOptions(policy) ?? {};
  const durations = durationNames(policy);
  return Object.entries(options)
    .filter(([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[name]))
    .map(([name, value]) => {
      if (value === true) return name;
      if (value === false) return `no ${name}`;
      return `${name} ${durations.has(name) && typeof value === 'number' ? shortDuration(value) : valueText(value)}`;
    });
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function durationNames(policy: PolicyDefinition): Set<string> {
  return new Set(optionFacts(policy.options).filter(({ type }) => type === 'duration').map(({ name }) => name));
}
