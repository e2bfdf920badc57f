/** How much is asked of the engine (`../offered-load.ts`). */
import { type Figure, runFigure } from '../metric.ts';

export const offeredLoad = runFigure({
  name: 'engine.offeredLoad', unit: 'ratio', better: 'lower',
  summary: 'time the engine takes for the same requests when all are there at the start / time in which they arrive; above 1 the queue must grow',
  absent: 'the requests that can be served arrive all at once',
  // Of the engine and the requests, not of the run: whoever wants it has it computed, once, and put in.
  of: (): Figure => null,
});
