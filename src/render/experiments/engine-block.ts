/**
 * A calibrated engine as the `engine:` block of a scenario: what `sched calibrate` prints and writes. Durations
 * are exact: read back, every coefficient is the number that was judged.
 */
import { exactDuration } from '../../core/exact-duration.ts';
import type { Calibration } from '../../experiments/calibrate/calibrate.ts';

/** Values as a scenario has them: durations are texts. */
export type Entries = { readonly [key: string]: Entries | string | number | boolean };

/** The block's entries, in the order in which a scenario has them. Settings that limit nothing are left out. */
export function engineEntries({ engine, coefficients }: Pick<Calibration, 'engine' | 'coefficients'>): Entries {
  const { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, kvCache, asyncScheduling } = engine;
  return {
    maxBatchSize,
    ...(maxBatchTokens !== undefined && { maxBatchTokens }),
    chunkedPrefill,
    ...(longPrefillThreshold > 0 && { longPrefillThreshold }),
    ...(maxModelLength !== undefined && { maxModelLength }),
    ...(kvCache && { kvCache: { blockSize: kvCache.blockSize, blocks: kvCache.blocks, admission: kvCache.admission, watermark: kvCache.watermark } }),
    asyncScheduling,
    stepTime: { model: 'linear', ...Object.fromEntries(Object.entries(coefficients).map(([name, micros]) => [name, exactDuration(micros)])) },
  };
}

/**
 * The block as YAML, mappings within it on one line each.
 *
 * @param comments by setting (`kvCache.blocks`), each put above the line it belongs to
 */
export function engineYaml(entries: Entries, comments: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(entries).flatMap(([key, value]) => [
    ...Object.entries(comments).filter(([setting]) => setting.split('.')[0] === key).map(([setting, comment]) => `  # ${setting}: ${comment}`),
    `  ${key}: ${yamlValue(value)}`,
  ]);
  return `engine:\n${lines.join('\n')}\n`;
}

/** Numbers, flags, names and durations of the block: none of them needs quotes. */
function yamlValue(value: Entries[string]): string {
  if (typeof value !== 'object') return String(value);
  return `{ ${Object.entries(value).map(([key, inner]) => `${key}: ${yamlValue(inner)}`).join(', ')} }`;
}
