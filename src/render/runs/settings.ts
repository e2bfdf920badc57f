/** The options of a policy, as files carry them and as people read them. */
import { toSeconds } from '../../core/time.ts';
import type { Setting } from '../../schedulers/settings.ts';
import { shortDuration } from '../text/durations.ts';

/** By name, defaults too, durations in seconds. */
export function optionsData(settings: readonly Setting[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(settings.map(({ name, value, isDuration }) => [name, isDuration && typeof value === 'number' ? toSeconds(value) : value]));
}

/** What differs from the defaults, in words: `preempt`, `minGap 1`. */
export function settingWords(settings: readonly Setting[]): string[] {
  return settings.filter(({ isDefault }) => !isDefault).map(({ name, value, isDuration }) => {
    if (value === true) return name;
    if (value === false) return `no ${name}`;
    if (isDuration && typeof value === 'number') return `${name} ${shortDuration(value)}`;
    return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
}
