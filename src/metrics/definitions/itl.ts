/** Inter-token latency: the gaps that the engine counted, pooled over all tokens of a group. */
import { countedDistribution, noDistribution } from '../distribution.ts';
import { pool } from '../gaps.ts';
import { distributionMetric } from '../sampled.ts';

export const itl = distributionMetric({
  name: 'itl', unit: 'time', summary: 'gaps between tokens, pooled over all tokens',
  absent: 'has a second token, or there are too many classes and tenants for the gaps of each to be kept',
  compute({ outcomes: { gaps }, byClass, byTenant, percentiles }) {
    const pooled = (series: typeof gaps) => countedDistribution(pool(series), percentiles);
    // With very many tenants the engine keeps the gaps of a class together.
    const keptApart = gaps.every(({ tenant }) => tenant >= 0);
    return {
      all: pooled(gaps),
      classes: byClass.names.map((_, index) => pooled(gaps.filter((series) => series.class === index))),
      tenants: (byTenant?.names ?? []).map((_, index) =>
        (keptApart ? pooled(gaps.filter((series) => series.tenant === index)) : noDistribution(percentiles))),
    };
  },
});
