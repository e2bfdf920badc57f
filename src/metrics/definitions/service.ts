/** Who was served while several classes had requests waiting: the only time in which policies differ in service. */
import { maxMinShares } from '../../core/statistics.ts';
import type { ContendedService } from '../../engine/outcomes.ts';
import { figurePerClass, runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

const absent = 'two classes never had requests waiting at the same time, or there are too many classes to keep account of who waited (30; 12 for the difference)';

export const contendedShare = figurePerClass({
  name: 'fairness.contendedShare', unit: 'share', better: 'neither', summary: 'share of the service given while two classes had requests waiting', absent,
  of: (run) => shares(run, ({ service }) => service),
});

export const fairShare = figurePerClass({
  name: 'fairness.fairShare', unit: 'share', better: 'neither', summary: 'weighted max-min fair share of that same service', absent,
  of(run) {
    const weights = run.table.classes.map(({ weight }) => weight);
    return shares(run, (contention) => fairService(contention, weights));
  },
});

export const maxServiceDifference = runFigure({
  name: 'fairness.maxServiceDifference', unit: 'count', better: 'lower', summary: 'largest difference in service per weight between two waiting classes', absent,
  of: ({ outcomes }) => outcomes.maxServiceDifference,
});

/** Each class's part of all contended service, when it is divided so. */
function shares({ table, outcomes: { contended } }: RunView, division: (contention: ContendedService) => ArrayLike<number>): (number | null)[] {
  const total = sumBy(contended, ({ service }) => sumBy(Array.from(service), (part) => part));
  const divided = contended.map(division);
  return table.classes.map((_, index) => (total > 0 ? sumBy(divided, (parts) => parts[index]!) / total : null));
}

/**
 * How the same service would have been divided by weighted max-min fairness: a class with requests waiting
 * would have taken any amount, the others wanted exactly what they got.
 */
function fairService({ waiting, service }: ContendedService, weights: readonly number[]): number[] {
  const demands = Array.from(service);
  const capacity = sumBy(demands, (received) => received);
  for (const index of waiting) demands[index] = Infinity;
  return maxMinShares(capacity, demands, weights);
}

function sumBy<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}
