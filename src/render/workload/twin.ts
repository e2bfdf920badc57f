/** The synthetic twin of a workload: its block, how far it is, and what it loses. */
import { grouped } from '../../core/grouped.ts';
import type { Twin } from '../../workload/fit/fit.ts';
import { shortDuration } from '../text/durations.ts';

/** The block as YAML, a key a line. */
export function twinBlock({ generate }: Twin): string {
  return generate.map((source) => {
    const lines = Object.entries(source).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`);
    return ['- generate:', ...lines].join('\n');
  }).join('\n');
}

/** Sentences. */
export function twinNotes({ distance, burstiness, correlation, sessions }: Twin): string[] {
  const bursts = burstiness.map(({ window, given, twin }) => `${fixed(given)} and ${fixed(twin)} in ${shortDuration(window)}`);
  return [
    `Distance (Kolmogorov-Smirnov, 0 to 1): gaps ${fixed(distance.gaps)}, prompt tokens ${fixed(distance.promptTokens)}, output tokens ${fixed(distance.outputTokens)}.`,
    ...(bursts.length > 0 ? [`Burstiness (variance over mean of the count), given and of the twin: ${bursts.join(', ')}.`] : []),
    `Lost: the rank correlation of prompt and output tokens is ${fixed(correlation.given)} and of the twin ${fixed(correlation.twin)}.`,
    ...(sessions.count > 0 ? [`Lost: ${grouped(sessions.count)} sessions with ${grouped(sessions.requests)} requests; those of the twin are on their own.`] : []),
  ];
}

function fixed(value: number | null): string {
  return value === null ? 'not defined' : value.toFixed(3);
}
