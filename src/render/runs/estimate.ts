/** What has to be said of every figure of an engine that nobody measured: docs/hardware.md has what the words stand on. */
import type { Report } from '../../jobs/report.ts';
import { visible } from '../text/text.ts';

/** What of an engine is estimated, and from what. */
export type Estimated = NonNullable<Report['engine']['estimated']>;

/** More cards than any of the runs had that estimates were held against. */
const MOST_CARDS = 2;

/** The line above the results of an estimated engine, without a full stop; undefined where nothing is estimated. */
export function estimateHeading(estimated: Estimated | undefined): string | undefined {
  if (!estimated) return undefined;
  const { hardware, model, cards, figures, efficiency } = estimated;
  const from = `estimated from ${visible(hardware)} and ${visible(model)}`;
  if (!figures.includes('stepTime')) return `KV blocks ${from}, not calibrated: there may be a tenth more or fewer`;
  const what = figures.includes('blocks') ? 'engine' : 'step time';
  if (efficiency.fittedTo !== undefined) return `${what} ${from}, its efficiency fitted to the run ${visible(efficiency.fittedTo)}`;
  if (isBound(efficiency)) return `a bound, ${from}, not calibrated: all that the datasheet says, which no server reaches`;
  const off = cards > MOST_CARDS ? 'by a factor of two' : 'by a quarter';
  return `${what} ${from}, not calibrated: step times may be off ${off}, queues by more`;
}

function isBound({ bandwidth, compute, perLayer }: Estimated['efficiency']): boolean {
  return bandwidth >= 1 && compute >= 1 && perLayer === 0;
}
