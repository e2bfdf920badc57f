/** How long the run was. */
import { runFigure } from '../metric.ts';

export const makespan = runFigure({
  name: 'makespan', unit: 'time', better: 'lower', summary: 'first arrival to last finish', of: (run) => run.makespan,
});

export const steps = runFigure({
  name: 'steps', unit: 'count', better: 'neither', summary: 'engine steps taken', of: ({ outcomes }) => outcomes.steps,
});
