/** The longest that anybody waited: what starvation looks like. */
import { groupFigure } from '../metric.ts';

export const longestWait = groupFigure({
  name: 'longestWait', unit: 'time', better: 'lower', summary: 'longest queue time; never admitted: up to the end of the run',
  absent: 'was queued',
  of: ({ longestWait: longest }) => (longest >= 0 ? longest : null),
});
