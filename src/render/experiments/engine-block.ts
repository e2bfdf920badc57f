/**
 * A calibrated engine as the `engine:` block of a scenario: what `sched calibrate` prints and writes. Durations
 * are exact: read back, every coefficient is the number that was judged.
 */
import { exactDuration } from '../../core/exact-duration.ts';
import type { Calibration } from '../../experiments/calibrate/calibrate.ts';

/** Values as a scenario has them: durations are texts. */
export type Entries = { readonly [key: string]: Entries | string | number | boolean };

/**
 * The block's entries, in the order in which a scenario has them. Settings that limit nothing are left out, and with
 * cards and a model what follows from them.
 */
export function blockEntries({ engine, coefficients, server, choices, run }: Pick<Calibration, 'engine' | 'coefficients' | 'server' | 'choices' | 'run'>): Entries {
  const { maxBatchSize, maxBatchTokens, chunkedPrefill, longPrefillThreshold, maxModelLength, kvCache, asyncScheduling } = engine;
  const estimatesBlocks = choices.some(({ setting, origin }) => setting === 'kvCache.blocks' && origin === 'estimated');
  return {
    ...(server && serverEntries(server, run.name)),
    maxBatchSize,
    ...(maxBatchTokens !== undefined && { maxBatchTokens }),
    chunkedPrefill,
    ...(longPrefillThreshold > 0 && { longPrefillThreshold }),
    ...(maxModelLength !== undefined && { maxModelLength }),
    ...(kvCache && { kvCache: { blockSize: kvCache.blockSize, ...(!estimatesBlocks && { blocks: kvCache.blocks }), admission: kvCache.admission, watermark: kvCache.watermark } }),
    asyncScheduling,
    ...(coefficients && { stepTime: { model: 'linear', ...Object.fromEntries(Object.entries(coefficients).map(([name, micros]) => [name, exactDuration(micros)])) } }),
  };
}

function serverEntries({ card, count, model, dtype, efficiency: { bandwidth, compute, perLayer } }: NonNullable<Calibration['server']>, run: string): Entries {
  return {
    hardware: count === 1 ? card.name : { card: card.name, count },
    model: model.name,
    ...(dtype !== 'bf16' && { dtype }),
    efficiency: { bandwidth, compute, perLayer: exactDuration(perLayer), fittedTo: run },
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

/** Numbers, flags, durations and most names of the block need no quotes. */
function yamlValue(value: Entries[string]): string {
  if (typeof value === 'string' && !/^[\w./-]+$/.test(value)) return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  return `{ ${Object.entries(value).map(([key, inner]) => `${key}: ${yamlValue(inner)}`).join(', ')} }`;
}
