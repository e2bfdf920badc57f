/** How busy the engine was, and how much it held. */
import { runFigure } from '../metric.ts';

export const meanBatch = runFigure({
  name: 'engine.meanBatch', unit: 'count', better: 'neither', summary: 'mean batch size over the time in which a step ran',
  absent: 'no step took any time',
  of: ({ outcomes: { busyTime, batchTime } }) => (busyTime > 0 ? batchTime / busyTime : null),
});

export const utilization = runFigure({
  name: 'engine.utilization', unit: 'share', better: 'neither', summary: 'share of the makespan in which a step ran',
  absent: 'the run took no time',
  of: ({ outcomes: { busyTime }, makespan }) => (makespan > 0 ? busyTime / makespan : null),
});

export const peakWaiting = runFigure({
  name: 'engine.peakWaiting', unit: 'count', better: 'lower', summary: 'most requests waiting at once', of: ({ outcomes }) => outcomes.peakWaiting,
});

export const peakKvBlocks = runFigure({
  name: 'engine.peakKvBlocks', unit: 'count', better: 'neither', summary: 'most KV blocks in use at once',
  absent: 'the engine has no limited KV cache',
  of: ({ outcomes }) => outcomes.peakKvBlocks,
});
