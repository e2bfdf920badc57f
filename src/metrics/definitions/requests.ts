/** How many requests there were, and what became of them. */
import { Status } from '../../engine/outcomes.ts';
import { countMarks, statusOf } from '../marks.ts';
import { groupFigure } from '../metric.ts';
import type { GroupView } from '../view.ts';

const withStatus = (status: number) => ({ marks }: GroupView) => countMarks(marks, (mark) => statusOf(mark) === status);

export const countCompleted = withStatus(Status.completed);

export const offered = groupFigure({
  name: 'offered', unit: 'count', better: 'neither', summary: 'requests that arrived', of: ({ marks }) => countMarks(marks, () => true),
});

export const completed = groupFigure({
  name: 'completed', unit: 'count', better: 'higher', summary: 'requests that got all their output tokens', of: countCompleted,
});

export const shed = groupFigure({
  name: 'shed', unit: 'count', better: 'lower', summary: 'requests that were refused', of: withStatus(Status.shed),
});

export const unfinished = groupFigure({
  name: 'unfinished', unit: 'count', better: 'lower', summary: 'requests neither completed nor shed when the run ended', of: withStatus(Status.unfinished),
});
